"""The rulebook: what the author wrote, read and resolved."""
