"""What two people who were introduced write to each other: between those two alone, sealed, and gone when its time is over."""
