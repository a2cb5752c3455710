"""Rounds of a scheme: pairs worked out over all open wishes, which nobody hears of before their coordinator confirms them."""
