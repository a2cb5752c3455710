"""Pages of the second door: the desks of organizations and curators."""
