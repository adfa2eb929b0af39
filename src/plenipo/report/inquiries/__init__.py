"""Answers to inquiries: worded once, then laid out for a terminal or as Markdown; and as JSON."""
