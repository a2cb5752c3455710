"""Listings as a table that people edit in a spreadsheet."""
