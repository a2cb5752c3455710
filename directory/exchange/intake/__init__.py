"""What happens to a record between its reader and the tables: made ready, checked, held back where it must be, known again, written."""
