// How many documents put a claim forward, and how many independent origins do they have?
MATCH (claim:Claim)<-[:ABOUT]-(told:Statement)-[:IN]->(document:Document)
WHERE told.act IN ['allege', 'assert', 'assess', 'announce', 'confirm', 'relay'] AND told.retracted_at IS NULL
MATCH (told)-[:RELAYS*0..6]->(first:Statement)-[:ABOUT]->(claim)
WHERE first.act IN ['allege', 'assert', 'assess', 'announce', 'confirm'] AND NOT EXISTS { (first)-[:RELAYS]->() }
MATCH (first)-[:IN]->(place:Document)
OPTIONAL MATCH (who:Actor)-[:MADE]->(first)
WITH claim, document, CASE WHEN NOT place.seen THEN place.title ELSE coalesce(who.name, first.speaker) END AS origin
RETURN claim.text AS claim, count(DISTINCT CASE WHEN document.seen THEN document.source END) AS documents,
       count(DISTINCT origin) AS origins, collect(DISTINCT origin) AS which
ORDER BY documents DESC, claim
