"""Write records: as rows of nodes and relationships, in retried transactions, with what derives from them."""
