"""Questions put to a rulebook over many situations: what is open, what would turn a verdict, what differs."""
