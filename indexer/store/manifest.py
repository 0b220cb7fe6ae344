"""What a build says of itself: format, sources, encoder, lexicon, counts, files."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from indexer.errors import IndexDamagedError, IndexMismatchError
from indexer.reading import ReadOptions

FORMAT_VERSION = 2
MANIFEST = "manifest.json"

VECTORS = "vectors.faiss"
WORDS = "words"
ARTICLES = "articles.sqlite"
SEGMENTATION = "segmentation.trie"
LEXICON = "lexicon"
SUGGESTIONS = "suggestions.sqlite"


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source as it was when the index was built from it."""

    name: str
    fingerprint: str
    articles: int


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
    """What is in a build and where it came from."""

    articles: int
    excerpts: int
    passages: int
    duplicates: int
    rejected: int
    embedded: int
    reused: int


@dataclass(frozen=True, slots=True)
class Logistic:
    """A likelihood from an article's vector score ``v`` and keyword score ``k``.

    ``1 / (1 + exp(-(bias + vector * v + keyword * k)))``
    """

    vector: float
    keyword: float
    bias: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """What an encoder's scores mean, fitted on judged questions.

    Attributes:
        fusion: ranks articles by how likely each is right, among the candidates of a question.
        confidence: how likely the article that came first is right.
        suggest: below this confidence nothing answers.
        answer: from this confidence on the first article answers.
        questions: how many judged questions it was fitted on.
        fitted_here: fitted on this index rather than brought by its model.
    """

    fusion: Logistic
    confidence: Logistic
    suggest: float
    answer: float
    questions: int
    fitted_here: bool = False

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Calibration:
        """A calibration as ``dataclasses.asdict`` gave it.

        Raises:
            TypeError, KeyError: a value is missing or unknown.
        """
        fitted = {name: Logistic(**values[name]) for name in ("fusion", "confidence")}
        return cls(**{**values, **fitted})


@dataclass(frozen=True, slots=True)
class FileEntry:
    """Size in bytes and SHA-256 of one file of a build."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The manifest of one build."""

    build_id: str
    created: str
    loanfaq_version: str
    sources: tuple[SourceEntry, ...]
    reading: ReadOptions
    encoder: EncoderEntry
    lexicon: Mapping[str, str]
    counts: Counts
    boilerplate: Mapping[str, int]
    calibration: Calibration | None
    files: Mapping[str, FileEntry] = field(default_factory=dict)
    format_version: int = FORMAT_VERSION

    def write(self, build: Path) -> None:
        """Write the manifest into its build folder."""
        text = json.dumps(dataclasses.asdict(self), ensure_ascii=False, indent=2) + "\n"
        (build / MANIFEST).write_text(text, encoding="utf-8")

    @classmethod
    def read(cls, build: Path) -> Manifest:
        """Read the manifest of a build folder.

        Raises:
            IndexDamagedError: it is missing or cannot be read.
            IndexMismatchError: another version of loanfaq wrote it.
        """
        path = build / MANIFEST
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            found = values["format_version"]
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise IndexDamagedError(f"{path}: cannot be read; {REBUILD}") from error
        if found != FORMAT_VERSION:
            raise IndexMismatchError(
                f"{build}: index format {found}, this loanfaq reads {FORMAT_VERSION}; {REBUILD}"
            )
        try:
            return _from_json(values)
        except (TypeError, KeyError, ValueError, AttributeError) as error:
            raise IndexDamagedError(f"{path}: not whole ({error}); {REBUILD}") from error

    def check_sizes(self, build: Path) -> None:
        """Check that each file is there with its size.

        Raises:
            IndexDamagedError: one is not.
        """
        for name, entry in self.files.items():
            path = build / name
            size = path.stat().st_size if path.is_file() else None
            if size is None:
                raise IndexDamagedError(f"{path}: the file is missing; {REBUILD}")
            if size != entry.size:
                raise IndexDamagedError(
                    f"{path}: {size:,} bytes, {entry.size:,} were written; {REBUILD}"
                )

    def check_hashes(self, build: Path) -> None:
        """Check sizes and SHA-256 of each file.

        Raises:
            IndexDamagedError: one differs.
        """
        self.check_sizes(build)
        for name, entry in self.files.items():
            if file_entry(build / name).sha256 != entry.sha256:
                raise IndexDamagedError(f"{build / name}: the content was altered; {REBUILD}")


REBUILD = "build the index again from its sources: loanfaq index SOURCE…"


def _from_json(values: dict[str, Any]) -> Manifest:
    calibration = values["calibration"]
    return Manifest(
        **{
            **values,
            "sources": tuple(SourceEntry(**each) for each in values["sources"]),
            "reading": ReadOptions.from_json(values["reading"]),
            "encoder": EncoderEntry(**values["encoder"]),
            "counts": Counts(**values["counts"]),
            "calibration": Calibration.from_json(calibration) if calibration else None,
            "files": {name: FileEntry(**each) for name, each in values["files"].items()},
        }
    )


def file_entry(path: Path) -> FileEntry:
    """Size and hash of a file."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return FileEntry(path.stat().st_size, digest)
