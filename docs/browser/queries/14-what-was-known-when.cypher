// What did this graph know about a claim at a point in time? Write a time such as '2025-11-14T12:00:00.000000Z'
WITH toString(datetime()) AS known_at
MATCH (claim:Claim)<-[:ABOUT]-(statement:Statement)-[:IN]->(document:Document)
WHERE statement.recorded_at <= known_at AND (statement.retracted_at IS NULL OR statement.retracted_at > known_at)
RETURN claim.text AS claim, statement.act AS act, count(DISTINCT statement) AS statements,
       count(DISTINCT document) AS documents, min(statement.recorded_at) AS first_known
ORDER BY claim, statements DESC
