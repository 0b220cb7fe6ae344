"""Pages and JSON over the search engine."""
