// Along which chain did an allegation travel? From each report back to the first source
MATCH chain = (report:Statement)-[:RELAYS*1..6]->(source:Statement {act: 'allege'})-[:ABOUT]->(claim:Claim)
WHERE claim.text STARTS WITH 'Alibaba gives technical support' AND NOT EXISTS { (source)-[:RELAYS]->() }
  AND report.retracted_at IS NULL
MATCH place = (report)-[:IN]->(:Document)
RETURN chain, place
