"""HSDS 3 JSON in and out. Nothing else in the house knows how its JSON looks."""
