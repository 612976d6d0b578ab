// Who could not verify it, and who would not comment?
MATCH (who:Actor)-[says:COULD_NOT_VERIFY|DECLINED_COMMENT_ON]->(claim:Claim)
WHERE says.retracted_at IS NULL
RETURN who, says, claim
