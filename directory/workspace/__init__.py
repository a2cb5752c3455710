"""The room of an organization's own people: their strengths, what they offer each other, and a look at their own practice."""
