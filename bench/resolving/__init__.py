"""Measures of resolving: how names are told apart, linked, found and spotted."""
