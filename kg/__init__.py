"""The geokg library: reading, resolving, writing and asking."""
