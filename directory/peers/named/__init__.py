"""Whom somebody must never meet: noted by the names that they wrote, and decided by a coordinator."""
