"""Advice: what the rules that fired mean, and why."""
