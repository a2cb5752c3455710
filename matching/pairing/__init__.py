"""People and people: who would suit whom, by the wishes of both, and rounds of many at once. Values in, values out."""
