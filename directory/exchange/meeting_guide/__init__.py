"""Meeting Guide JSON: one flat list of weekly meetings."""
