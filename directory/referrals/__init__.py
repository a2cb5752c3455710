"""Referrals: a loop that closes. What is sent is exactly what was shown before, and everybody sees where it stands."""
