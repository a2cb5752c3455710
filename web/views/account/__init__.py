"""Pages of an account: signing in and out, and what keeps it safe."""
