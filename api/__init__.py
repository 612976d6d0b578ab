"""The service: REST and the command line, both on the questions of ``kg.asking``."""
