"""Words in tantivy indexes: BM25 over jieba's tokens.

Passages that answer have one, the other wordings of questions another, so that neither
changes how rare a word is in the other. All wordings of an article are one text there: a
question rarely has the words of one wording, but most of them are in some (expanding a
document by the questions it answers: Nogueira, Yang, Lin and Cho, "Document Expansion by
Query Prediction", 2019).

BM25: Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009.
"""

from __future__ import annotations

import math
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.errors import IndexDamagedError, IndexFolderError
from indexer.store.manifest import REBUILD

if TYPE_CHECKING:
    import tantivy

# Words of a passage: of its article's title and tags, and its own.
PASSAGE_FIELDS = ("context", "own")
# Words of all other wordings of an article's question.
ASKED_FIELDS = ("asked",)
# tantivy's constants; a term's score stays below idf * (K1 + 1).
_K1 = 1.2
_WRITER_BYTES = 64 * 1024 * 1024
_MAX_TERM_BYTES = 2_000
# A passage with a synonym is a little less sure to be about what was asked.
SYNONYM_WEIGHT = 0.8


@dataclass(frozen=True, slots=True)
class WordEntry:
    """A text's words by field, and the passage row that it is found as."""

    row: int
    fields: Mapping[str, Sequence[str]]


def _schema(fields: Sequence[str]) -> tantivy.Schema:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("row", stored=False, indexed=False, fast=True)
    for name in fields:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def write_words(entries: Iterable[WordEntry], fields: Sequence[str], folder: Path) -> None:
    """Write a word index of texts that have these fields into a new folder."""
    import tantivy

    folder.mkdir()
    index = tantivy.Index(_schema(fields), path=str(folder))
    # One thread gives one segment, and the same ranking at every build.
    writer = index.writer(heap_size=_WRITER_BYTES, num_threads=1)
    for entry in entries:
        document = tantivy.Document()
        document.add_unsigned("row", entry.row)
        for name in fields:
            document.add_text(name, _joined(entry.fields[name]))
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


@contextmanager
def _temporary_folder() -> Iterator[str]:
    try:
        # tantivy may still be at its lock file there: that is no reason not to answer.
        folder = tempfile.TemporaryDirectory(prefix="loanfaq-words-", ignore_cleanup_errors=True)
    except OSError as error:
        where = error.filename or tempfile.gettempdir()
        raise IndexFolderError(
            f"{where}: {error.strerror or error}; opening an index needs a temporary folder that "
            "can be written"
        ) from error
    with folder as links:
        yield links


def _joined(words: Sequence[str]) -> str:
    return " ".join(word for word in words if len(word.encode()) < _MAX_TERM_BYTES)


def _rows(values: Iterable[float | None]) -> list[int]:
    rows = [value for value in values if value is not None]
    return [int(row) for row in rows]


class WordIndex:
    """One word index of a build."""

    def __init__(
        self, searcher: tantivy.Searcher, schema: tantivy.Schema, fields: Sequence[str]
    ) -> None:
        """Take an open searcher, and the fields to search."""
        self._searcher = searcher
        self._schema = schema
        self._fields = fields
        self.rows: int = searcher.num_docs

    @classmethod
    def open(cls, folder: Path, fields: Sequence[str] = PASSAGE_FIELDS) -> WordIndex:
        """Open what `write_words` wrote with these fields; the folder may be read-only.

        Raises:
            IndexDamagedError: the folder is missing or no word index.
        """
        import tantivy

        # tantivy takes a lock file beside the index even for reading: it gets a private
        # folder of links to put it in, needed only until the files are mapped.
        with _temporary_folder() as links:
            try:
                for file in folder.iterdir():
                    if file.suffix != ".lock":
                        os.symlink(file.absolute(), Path(links) / file.name)
                index = tantivy.Index.open(links)
                index.config_reader("manual", 0)
                return cls(index.searcher(), index.schema, fields)
            except (OSError, ValueError) as error:
                raise IndexDamagedError(f"{folder}: no word index; {REBUILD}") from error

    def best(self, words: Mapping[str, Sequence[str]], k: int) -> tuple[list[int], list[float]]:
        """Rows and BM25 scores of the `k` best texts, best first, ties by row.

        A text scores for a word or for one of its synonyms, whichever is more; a synonym
        counts a little less. Scores are divided by what a text would score that holds
        every word of the question without end, so that they lie in 0…1 and a word that no
        text has counts against all.

        Args:
            words: distinct words of the question, each with its synonyms.
            k: how many at most.
        """
        import tantivy

        if not words or not self.rows:
            return [], []
        clauses = [
            (tantivy.Occur.Should, self._clause(field, word, synonyms))
            for field in self._fields
            for word, synonyms in words.items()
        ]
        query = tantivy.Query.boolean_query(clauses)
        hits = self._searcher.search(query, k, count=False).hits
        rows = self._searcher.fast_field_values("row", [address for _, address in hits])
        ceiling = sum(
            self._best_idf(field, word, synonyms) * (_K1 + 1)
            for field in self._fields
            for word, synonyms in words.items()
        )
        scores = (float(score) / ceiling for score, _ in hits)
        found = sorted(zip(_rows(rows), scores, strict=True), key=lambda x: (-x[1], x[0]))
        return [row for row, _ in found], [score for _, score in found]

    def _clause(self, field: str, word: str, synonyms: Sequence[str]) -> tantivy.Query:
        import tantivy

        term = tantivy.Query.term_query(self._schema, field, word, "freq")
        if not synonyms:
            return term
        others = (tantivy.Query.term_query(self._schema, field, each, "freq") for each in synonyms)
        weighed = [tantivy.Query.boost_query(each, SYNONYM_WEIGHT) for each in others]
        return tantivy.Query.disjunction_max_query([term, *weighed])

    def _best_idf(self, field: str, word: str, synonyms: Sequence[str]) -> float:
        """The most that a word can bring: its own weight, or a synonym's if no passage has it."""
        if synonyms and not self._searcher.doc_freq(field, word):
            return max(SYNONYM_WEIGHT * self._idf(field, each) for each in synonyms)
        weighed = [SYNONYM_WEIGHT * self._idf(field, each) for each in synonyms]
        return max([self._idf(field, word), *weighed])

    def _idf(self, field: str, word: str) -> float:
        n = self._searcher.doc_freq(field, word)
        return math.log(1 + (self.rows - n + 0.5) / (n + 0.5))
