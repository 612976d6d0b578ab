"""What the graph holds: domain records, ontology, ids, times, graph schema and the shapes of answers.

This package knows no other package of the project (imports go schema <- kg <- api).
"""
