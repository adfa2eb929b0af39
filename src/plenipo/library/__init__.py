"""The library twin: whatever the command line can do is one call here; `plenipo` itself hands on all of it."""
