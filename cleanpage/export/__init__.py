"""An Article in other forms: JSON-LD, Markdown, HTML, readable text, a notebook's output."""
