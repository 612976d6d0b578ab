"""Tests of geokg; what they run against stands in conftest.py."""
