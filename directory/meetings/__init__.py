"""When a group meets: its next dates, what is cancelled or added, pauses, rules of calendars, and what prose may mean."""
