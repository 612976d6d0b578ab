"""The operations, one module a subject; each is a question of ``kg.asking``, or a way in."""
