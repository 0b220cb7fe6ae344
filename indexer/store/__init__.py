"""The index on disk: an immutable folder for each build, and which of them is current."""
