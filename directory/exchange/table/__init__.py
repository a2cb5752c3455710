"""Any CSV table through a mapping in TOML."""
