"""plenipo: decision support on North Korea policy that can be run, questioned and audited."""
