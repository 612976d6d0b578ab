"""Records as they are written down: found in files, and checked against the format."""
