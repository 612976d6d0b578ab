// Where does everybody stand on one claim? Who alleges, denies, could not verify, repeats it; one arrow for each kind
MATCH (claim:Claim) WHERE claim.text STARTS WITH 'Alibaba gives technical support'
MATCH (claim)-[part:SUBJECT|OBJECT|CONCERNS]->(thing)
MATCH (who:Actor)-[says:ALLEGES|DENIES|CONFIRMS|ACKNOWLEDGES|COULD_NOT_VERIFY|DECLINED_COMMENT_ON|REPORTS]->(claim)
WHERE says.retracted_at IS NULL
WITH claim, part, thing, who, type(says) AS kind, collect(says)[0] AS first
OPTIONAL MATCH (who)-[between:ACCUSES|REBUTS|AFFILIATED_WITH|PART_OF]->(other:Actor)
WHERE (other)-->(claim) OR (claim)-->(other)
WITH claim, part, thing, who, first, other, type(between) AS kind, collect(between)[0] AS between
RETURN claim, part, thing, who, first, between, other
