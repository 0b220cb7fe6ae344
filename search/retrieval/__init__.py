"""Retrievers: a question in, scored passages out."""
