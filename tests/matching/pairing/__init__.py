"""Pairing of people: properties, a slow and obvious twin of the fast code, and rounds held against brute force."""
