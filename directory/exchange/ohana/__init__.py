"""The San Mateo directory in the first Ohana form: JSON, one record a line."""
