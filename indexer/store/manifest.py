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
from indexer.store.calibration import FEATURES_VERSION, Calibration
from indexer.store.entries import (
    BoilerplateEntry,
    Counts,
    EncoderEntry,
    FileEntry,
    LeftOut,
    SourceEntry,
    file_entry,
)
from indexer.store.writing import writing

FORMAT_VERSION = 5
MANIFEST = "manifest.json"

VECTORS = "vectors.faiss"
WORDS = "words"
WORDINGS = "wordings"
PLACES = "places.npy"
ASKED_WORDS = "asked_words"
ARTICLES = "articles.sqlite"
SEGMENTATION = "segmentation.trie"
LEXICON = "lexicon"
SUGGESTIONS = "suggestions.sqlite"
SPELLING = "spelling.trie"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The manifest of one build.

    Attributes:
        loanfaq_version: the version that read the sources.
        reading: how a source that is added is read; all that was ever said of any.
        left_out: articles that were removed by hand, or gave way to one of another source.
        replaces: the build that was current when this one was published.
    """

    build_id: str
    created: str
    loanfaq_version: str
    sources: tuple[SourceEntry, ...]
    reading: ReadOptions
    encoder: EncoderEntry
    lexicon: Mapping[str, str]
    counts: Counts
    boilerplate: BoilerplateEntry
    calibration: Calibration | None
    left_out: tuple[LeftOut, ...] = ()
    replaces: str | None = None
    files: Mapping[str, FileEntry] = field(default_factory=dict)
    format_version: int = FORMAT_VERSION

    def write(self, build: Path) -> None:
        """Write the manifest into its build folder."""
        values = dataclasses.asdict(self)
        text = json.dumps({**values, _DIGEST: _digest(values)}, ensure_ascii=False, indent=2)
        with writing(build / MANIFEST):
            (build / MANIFEST).write_text(text + "\n", encoding="utf-8")

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
        if values.pop(_DIGEST, None) != _digest(values):
            raise IndexDamagedError(f"{path}: the content was altered; {REBUILD}")
        if (fitted := _fitted_on(values)) not in (None, FEATURES_VERSION):
            raise IndexMismatchError(
                f"{build}: its calibration weighs ranking features {fitted}, this loanfaq has "
                f"{FEATURES_VERSION}; {REBUILD}"
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
        for name in self.files:
            self.check_hash(build, name)

    def check_hash(self, build: Path, name: str) -> None:
        """Check the SHA-256 of one file.

        Raises:
            IndexDamagedError: it differs.
        """
        try:
            digest = file_entry(build / name).sha256
        except OSError as error:
            raise IndexDamagedError(
                f"{build / name}: cannot be read ({error.strerror}); {REBUILD}"
            ) from error
        if digest != self.files[name].sha256:
            raise IndexDamagedError(f"{build / name}: the content was altered; {REBUILD}")

    def check_hashes_under(self, build: Path, *names: str) -> None:
        """Check the SHA-256 of some files, and of all in some folders.

        Raises:
            IndexDamagedError: one differs.
        """
        for name in self.files:
            if name.partition("/")[0] in names:
                self.check_hash(build, name)


_DIGEST = "sha256"


def _digest(values: Mapping[str, Any]) -> str:
    """SHA-256 of what a manifest says; order and white space do not count."""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


REBUILD = "build the index again from its sources: loanfaq index SOURCE…"


def _fitted_on(values: Mapping[str, Any]) -> object:
    """The version of the features that the calibration weighs; None where there is none."""
    calibration = values.get("calibration")
    return calibration.get("features", 0) if isinstance(calibration, dict) else None


def _from_json(values: dict[str, Any]) -> Manifest:
    calibration = values["calibration"]
    return Manifest(
        **{
            **values,
            "sources": tuple(SourceEntry.from_json(each) for each in values["sources"]),
            "reading": ReadOptions.from_json(values["reading"]),
            "encoder": EncoderEntry(**values["encoder"]),
            "counts": Counts(**values["counts"]),
            "left_out": tuple(LeftOut(**each) for each in values["left_out"]),
            "boilerplate": BoilerplateEntry.from_json(values["boilerplate"]),
            "calibration": Calibration.from_json(calibration) if calibration else None,
            "files": {name: FileEntry(**each) for name, each in values["files"].items()},
        }
    )
