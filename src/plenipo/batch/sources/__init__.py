"""What a batch reads, one module a kind of input."""
