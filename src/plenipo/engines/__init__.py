"""The engines: each says which rules fire; blind to one another."""
