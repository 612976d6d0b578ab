// Which policies target China, and what became of each?
MATCH (policy:Policy)-[:TARGETS]->(:Actor {name: 'China'})
OPTIONAL MATCH (policy)-[:HAS_STATUS]->(step:PolicyStatus)
WITH policy, step ORDER BY step.at_earliest
WITH policy, collect(step.at + ' ' + step.status) AS history ORDER BY policy.effective_from_earliest DESC
RETURN policy.number AS number, policy.kind AS kind, policy.title AS title, history, policy.effective_to AS until
