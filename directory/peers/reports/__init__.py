"""What somebody tells a moderator: whom it reaches, what they do about it, and how long it is kept."""
