"""The page: plenipo in a browser on the same machine, without an account and without anything kept."""
