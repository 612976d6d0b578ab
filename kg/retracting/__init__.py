"""Retract what came from one source: what it is, what falls with it, and what changes for those who ask."""
