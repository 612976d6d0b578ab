"""Readers: the port for whatever reads articles, those that come with geokg, and the forms a reading is shown in."""
