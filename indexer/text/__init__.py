"""Text: one written form, and its words."""
