"""Jobs: an ingest that outlives a crash. A job is a folder; whoever holds its lock runs it."""
