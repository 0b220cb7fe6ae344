"""The parts of a manifest: what a build was made of, and what it holds."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.reading import DEFAULTS, ReadOptions


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source as it was when the index was built from it.

    Attributes:
        reading: how it was read; sources that were added may be read otherwise than others.
    """

    name: str
    fingerprint: str
    articles: int
    reading: ReadOptions = DEFAULTS

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> SourceEntry:
        """An entry as ``dataclasses.asdict`` and JSON gave it.

        Raises:
            TypeError, KeyError, ValueError: a value is missing or unknown.
        """
        return cls(**{**values, "reading": ReadOptions.from_json(values["reading"])})


@dataclass(frozen=True, slots=True)
class EncoderEntry:
    """The encoder that made the vectors, and how to open it again.

    Attributes:
        model: name or path as `indexer.encoders.open_encoder` takes it; None for the
            bundled model.
    """

    name: str
    model: str | None
    fingerprint: str
    dimension: int
    query_prompt: str | None = None
    document_prompt: str | None = None
    trust_remote_code: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """What is in a build and where it came from.

    Attributes:
        passages: all that have a vector, the wordings among them.
        asked: other wordings of the articles' questions.
    """

    articles: int
    excerpts: int
    passages: int
    asked: int
    duplicates: int
    rejected: int
    embedded: int
    reused: int

    @property
    def worded(self) -> bool:
        """Whether articles have other wordings: one each, or more, on the average."""
        return 0 < self.articles <= self.asked


@dataclass(frozen=True, slots=True)
class BoilerplateForm:
    """A sentence that was taken away from articles.

    Attributes:
        form: with ``…`` for the title and ``#`` for a number.
        place: ``opening`` or ``closing``.
        evidence: ``known`` from the lexicon, or ``learned`` from the collection.
        count: how often.
    """

    form: str
    place: str
    evidence: str
    count: int


@dataclass(frozen=True, slots=True)
class BoilerplateEntry:
    """What was taken away from around articles.

    Attributes:
        sentences: how many sentences.
        articles: from how many articles.
        forms: the most frequent first; the rarest of very many are left out.
    """

    sentences: int
    articles: int
    forms: tuple[BoilerplateForm, ...]

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> BoilerplateEntry:
        """An entry as ``dataclasses.asdict`` gave it.

        Raises:
            TypeError, KeyError: a value is missing or unknown.
        """
        forms = tuple(BoilerplateForm(**each) for each in values["forms"])
        return cls(**{**values, "forms": forms})


@dataclass(frozen=True, slots=True)
class FileEntry:
    """Size in bytes and SHA-256 of one file of a build."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An article that a source held and that the build does not hold, by intent."""

    id: str
    source: str


def file_entry(path: Path) -> FileEntry:
    """Size and hash of a file."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return FileEntry(path.stat().st_size, digest)
