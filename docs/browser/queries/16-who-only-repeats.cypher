// Which outlets repeat the allegations without a statement of their own on them?
MATCH (outlet:Actor)-[:MADE]->(told:Statement)-[:ABOUT]->(claim:Claim)-[:SUBJECT]->(:Actor {name: 'Alibaba Group'})
WHERE told.retracted_at IS NULL
WITH outlet, claim, collect(DISTINCT told.act) AS acts, count(DISTINCT told) AS statements
WHERE acts = ['relay']
RETURN outlet.name AS outlet, count(claim) AS claims, sum(statements) AS statements ORDER BY outlet
