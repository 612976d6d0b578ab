// What connects two actors? Every shortest path that does not lead through names or documents
MATCH (from:Actor {name: 'Kyle Chan'}), (to:Actor {name: "People's Liberation Army"})
MATCH path = allShortestPaths((from)-[:AFFILIATED_WITH|HEADS|PART_OF|SUBSIDIARY_OF|MEMBER_OF|DEVELOPS|SUBJECT|OBJECT|CONCERNS
  |ALLEGES|DENIES|ASSERTS|ASSESSES|COULD_NOT_VERIFY|REPORTS|ACCUSES|REBUTS|ISSUED|TARGETS*..6]-(to))
RETURN path LIMIT 10
