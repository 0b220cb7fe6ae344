"""Which passage of an article to show, and which of its words to mark."""
