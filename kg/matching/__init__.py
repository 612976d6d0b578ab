"""Whether two names are one actor's: names compared part by part, with reasons, and candidates to compare."""
