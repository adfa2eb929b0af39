"""What a batch writes, and how: complete files, cells that are safe in a spreadsheet."""
