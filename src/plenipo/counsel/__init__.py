"""Counsel: what to say first, and in which order."""
