// What happened around Alibaba, day by day: said by it, said about it, done to it?
MATCH (actor:Actor {name: 'Alibaba Group'})
CALL (actor) {
  MATCH (actor)-[:MADE]->(s:Statement) WHERE s.retracted_at IS NULL
  RETURN s.asserted_at_earliest AS at, 'it says' AS how, s.act AS kind, coalesce(s.quote, s.content) AS what
  UNION
  MATCH (actor)<-[:SUBJECT]-(claim:Claim)<-[:ABOUT]-(s:Statement)
  WHERE s.retracted_at IS NULL AND s.act <> 'relay' AND NOT (actor)-[:MADE]->(s)
  RETURN s.asserted_at_earliest AS at, s.speaker + ' says' AS how, s.act AS kind, coalesce(s.quote, claim.text) AS what
  UNION
  MATCH (actor)<-[:TARGETS]-(:Policy)-[:HAS_STATUS]->(step:PolicyStatus)<-[:HAS_STATUS]-(policy:Policy)
  RETURN step.at_earliest AS at, 'policy' AS how, step.status AS kind, policy.title AS what
  UNION
  MATCH (actor)-[:PARTICIPATED_IN]->(event:Event)
  RETURN event.at_earliest AS at, 'event' AS how, event.kind AS kind, event.title AS what
}
RETURN substring(at, 0, 10) AS day, how, kind, what ORDER BY at, how LIMIT 100
