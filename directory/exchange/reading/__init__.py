"""What every reader needs: files line by line, and the hours, languages, phones and other small values that people write."""
