"""Documents in, an index on disk out: see `indexer.pipeline`."""
