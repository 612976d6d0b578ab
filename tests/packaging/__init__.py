"""What is built, locked and shipped."""
