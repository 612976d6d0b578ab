// Who answered whom within three days, and how?
MATCH (answer:Statement)-[:ANSWERS]->(first:Statement)
WHERE answer.retracted_at IS NULL AND first.retracted_at IS NULL
OPTIONAL MATCH (told:Statement)-[:RELAYS*1..6]->(first)
WITH answer, first, min(coalesce(told.asserted_at_earliest, first.asserted_at_earliest)) AS heard
WITH answer, first, heard, duration.inSeconds(datetime(heard), datetime(answer.asserted_at_earliest)).hours AS hours
WHERE 0 <= hours <= 72
RETURN answer.speaker AS who, answer.act AS act, answer.manner AS manner, first.speaker AS whom,
       substring(heard, 0, 10) AS heard, answer.asserted_at AS answered, hours, collect(DISTINCT answer.quote)[0] AS words
ORDER BY hours, who
