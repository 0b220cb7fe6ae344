"""Sources in, articles out: Markdown, JSONL and pages dumped as text.

`read_sources` is the way in; each format has a module of its own.
"""

from indexer.readers.sources import STANDARD_INPUT, ReadResult, SourceRead, read_sources

__all__ = ["STANDARD_INPUT", "ReadResult", "SourceRead", "read_sources"]
