"""The one form over a whole listing: its sections, what each field shows of a sheet, and how what was typed is read into it."""
