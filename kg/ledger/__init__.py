"""The decision ledger: who is one with whom by the decisions that stand, and what may be decided. Pure."""
