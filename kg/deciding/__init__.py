"""Deciding who is one with whom: merge, keep apart, split, undo, and what each would change."""
