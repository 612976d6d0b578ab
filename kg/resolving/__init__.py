"""Resolve: every reference in a record to an id, every mention in a text to an actor."""
