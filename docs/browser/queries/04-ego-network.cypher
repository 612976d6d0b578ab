// What surrounds Alibaba: the claims about it, who speaks of them, its ties, what targets it; one arrow for each kind
MATCH (centre:Actor {name: 'Alibaba Group'})-[edge]-(near)
WHERE (near:Actor OR near:Claim OR near:Policy OR near:Topic OR near:Event) AND edge.retracted_at IS NULL
WITH centre, near, type(edge) AS kind, collect(edge)[0] AS tie
OPTIONAL MATCH (near:Claim)<-[says]-(who:Actor)
WHERE NOT says:REPORTS AND says.retracted_at IS NULL
WITH centre, near, tie, who, type(says) AS act, collect(says)[0] AS said
RETURN centre, tie, near, said, who
