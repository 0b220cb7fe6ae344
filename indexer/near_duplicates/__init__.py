"""Articles of a collection that say the same: found by their text, once at indexing.

`find_clusters` groups them; `docs/duplicates.md` says what counts as the same and why.
"""

from indexer.near_duplicates.clusters import Cluster, Copy, find_clusters
from indexer.near_duplicates.compare import MIN_RESEMBLANCE

__all__ = ["MIN_RESEMBLANCE", "Cluster", "Copy", "find_clusters"]
