"""Measures of the article reader: PolNeAR, the project's own gold articles, speed and memory."""
