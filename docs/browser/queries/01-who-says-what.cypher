// Who alleges what against Alibaba, who denied it, who could not verify it? One arrow for each kind of answer
MATCH (who:Actor)-[says:ALLEGES|DENIES|CONFIRMS|ACKNOWLEDGES|COULD_NOT_VERIFY|DECLINED_COMMENT_ON]->(claim:Claim)
MATCH (claim)-[subject:SUBJECT]->(accused:Actor {name: 'Alibaba Group'})
WHERE says.retracted_at IS NULL
WITH who, claim, subject, accused, type(says) AS kind, collect(says)[0] AS first
RETURN who, first, claim, subject, accused
