// In which words? Every statement on the claims against Alibaba, with its sentence and its document
MATCH (:Actor {name: 'Alibaba Group'})<-[:SUBJECT]-(claim:Claim)<-[:ABOUT]-(statement:Statement)-[:IN]->(document:Document)
WHERE statement.act <> 'relay' AND statement.retracted_at IS NULL
OPTIONAL MATCH (reporting:Statement)-[:RELAYS]->(statement) WHERE NOT document.seen
WITH claim, statement, document, min(reporting.quote) AS reported ORDER BY claim.text, statement.asserted_at_earliest
RETURN claim.text AS claim, statement.speaker AS who, statement.act AS act, statement.manner AS manner,
       statement.asserted_at AS when, coalesce(statement.quote, reported) AS words,
       document.title AS document, document.publisher_name AS outlet
