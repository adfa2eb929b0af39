"""Rulebooks and situations that are made up for tests, by hand or by chance."""
