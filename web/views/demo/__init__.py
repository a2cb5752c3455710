"""Pages that only the demonstration on this machine has: nobody else can ask for them, and elsewhere they do not exist."""
