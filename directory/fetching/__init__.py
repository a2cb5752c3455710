"""Fetching a file from an address that somebody wrote down, without letting it reach anything but the open internet."""
