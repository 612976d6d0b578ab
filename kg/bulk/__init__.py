"""Bulk: the whole graph as files for the loader of another engine."""
