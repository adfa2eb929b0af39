"""Situations: fact files read, written and edited."""
