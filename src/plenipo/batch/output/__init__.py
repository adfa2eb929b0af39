"""What a batch writes."""
