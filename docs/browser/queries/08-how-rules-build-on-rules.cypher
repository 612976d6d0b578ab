// What amends, suspends, revokes or carries out the chip rules of October 2022?
MATCH chain = (:Policy)-[:AMENDS|SUSPENDS|REVOKES|IMPLEMENTS*1..4]->(:Policy {number: '2022-21658'})
RETURN chain
