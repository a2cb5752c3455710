"""People's own records: kept sealed, opened for the person, and for others only as far as a consent on record reaches."""
