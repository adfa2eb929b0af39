"""Faults under load, as `make chaos` runs them: kills, a full disk, crowds, and thousands of damaged files."""
