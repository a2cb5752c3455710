"""New York's funded services: four CSV files that point at each other."""
