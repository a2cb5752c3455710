"""What all feeds of recurring meetings share, whatever their format."""
