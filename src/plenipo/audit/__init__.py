"""Audit: the rulebook itself, checked, tested and compared."""
