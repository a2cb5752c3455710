"""How good the order is: figures with floors, beside simple baselines, printed by ``python -m tests.relevance``."""
