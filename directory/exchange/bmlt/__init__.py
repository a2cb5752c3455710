"""BMLT, as its semantic interface speaks: meetings, formats and service bodies, every value a string."""
