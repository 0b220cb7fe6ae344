"""How deep each retriever looks."""

# Passages taken from each retriever before articles are formed.
CANDIDATES = 100
# Articles taken by their wordings.
WORDING_CANDIDATES = 40
