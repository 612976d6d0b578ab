// Who says what about Qwen, and who makes it?
MATCH (topic:Topic {name: 'Qwen'})<-[edge:CONCERNS|DEVELOPS|OBJECT|TARGETS]-(thing)
OPTIONAL MATCH (who:Actor)-[says:ASSERTS|ASSESSES|ALLEGES|DENIES|REPORTS]->(thing)
RETURN topic, edge, thing, says, who
