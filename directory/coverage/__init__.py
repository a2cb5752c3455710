"""Coverage: what the directory has for whom and where, whose listings are seen, and what people looked for in vain."""
