"""Answers as pictures: where the parts of one stand, and the SVG, DOT or Mermaid that shows them."""
