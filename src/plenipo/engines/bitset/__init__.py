"""
The bitset engine: rules run on many situations at once, each set of which is one value.

`situation_columns` runs rules; its sets are integers with a bit for each situation. `truth_table` gives a bit to every
way of filling in a few facts. `diagrams` keeps sets of situations that are too many for a bit each.
"""
