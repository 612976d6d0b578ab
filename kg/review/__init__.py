"""Review: readings that are not sure enough wait beside the graph until somebody accepts, corrects or rejects them."""
