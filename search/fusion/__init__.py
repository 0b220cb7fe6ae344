"""Fusion: several retrievers' rankings of articles made into one."""
