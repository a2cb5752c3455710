"""Freshness: how it is known that a listing is still right, who is asked and when, and what is done when nobody answers."""
