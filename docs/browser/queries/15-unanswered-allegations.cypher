// Which allegations has nobody answered?
MATCH (who:Actor)-[alleges:ALLEGES]->(claim:Claim)
WHERE alleges.retracted_at IS NULL AND NOT EXISTS {
  MATCH (claim)<-[:ABOUT]-(answer:Statement)
  WHERE answer.act IN ['deny', 'acknowledge', 'confirm'] AND answer.retracted_at IS NULL
}
OPTIONAL MATCH (claim)-[subject:SUBJECT]->(accused:Actor)
RETURN who, alleges, claim, subject, accused
