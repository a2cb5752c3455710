"""Editing a listing: one sheet over the whole of it, drafts that wait while the last approved version stays, and what helps while writing."""
