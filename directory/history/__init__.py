"""The change log read back: the history of a listing in words, the listing as it was, and undoing."""
