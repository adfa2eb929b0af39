"""What a batch reads: from words to files, from files to sources, and one module for each kind of source."""
