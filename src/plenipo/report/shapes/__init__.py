"""
What every JSON that comes out holds, key by key: a `TypedDict` for each object, with a sentence on each key.

They are what mypy holds the `data()` of an answer to, and what `plenipo.report.output_schemas` makes JSON Schemas of.
Nothing of this is imported when an answer is given.
"""
