"""Identity: the graph as a question reads it, with those that are one shown as one; see ``kg/ledger``."""
