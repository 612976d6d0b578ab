"""Feeds: loading half a million events, and asking afterwards."""
