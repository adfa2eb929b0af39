"""One module for each kind of answer: `document(answer, showing)` words it, `data(answer, showing)` is its JSON."""
