"""Two hundred people, what they would be shown, and how well each thing fits them by a written rule: see README.md."""
