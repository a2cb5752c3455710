"""When a service is open, as people say and edit it: weekly and monthly lines, seasons, dates that differ, public holidays, and a note."""
