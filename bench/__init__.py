"""Measurements: what the README and the documents state as figures is printed from here."""
