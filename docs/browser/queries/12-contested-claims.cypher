// Which claims are contested: put forward by some, denied by others?
MATCH (claim:Claim)<-[:ABOUT]-(statement:Statement)
WHERE statement.retracted_at IS NULL
WITH claim,
     collect(DISTINCT CASE WHEN statement.act IN ['allege', 'assert', 'assess'] THEN statement.speaker END) AS put_forward_by,
     collect(DISTINCT CASE WHEN statement.act = 'deny' AND coalesce(statement.manner, '') <> 'non_denial'
                           THEN statement.speaker END) AS denied_by
WHERE put_forward_by <> [] AND denied_by <> []
RETURN claim.text AS claim, put_forward_by, denied_by
ORDER BY size(denied_by) DESC, claim
