"""Sources in, articles out: tables, JSONL, web pages, WordPress exports, Markdown, page dumps.

`read_sources` is the way in; each format has a module of its own.
"""

from indexer.readers.source_file import STANDARD_INPUT
from indexer.readers.sources import ReadResult, SourceRead, read_sources

__all__ = ["STANDARD_INPUT", "ReadResult", "SourceRead", "read_sources"]
