"""The bitset engine: truth tables and decision diagrams over every way of filling in some facts."""
