"""People who are there for each other: schemes that organizations keep, wishes of both sides, introductions that need two yeses, and what follows."""
