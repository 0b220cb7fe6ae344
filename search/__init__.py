"""A question in, ranked answers out: see `search.engine`."""
