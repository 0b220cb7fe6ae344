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
from indexer.reading import DEFAULTS, ReadOptions
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


# What rankers are fitted on; goes up whenever a feature comes, goes or means something else.
FEATURES_VERSION = 1


@dataclass(frozen=True, slots=True)
class Linear:
    """A weighted sum of features.

    Attributes:
        weights: by name of the feature.
        bias: added to the sum.
    """

    weights: Mapping[str, float]
    bias: float = 0.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """What an encoder's scores mean, fitted on judged questions.

    Attributes:
        ranking: sums by which candidates are ranked; of two, ``1 / (1 + exp(difference))`` is
            how likely the lower one is the right one.
        confidence: how likely the article that came first is right, as a logit.
        suggest: below this confidence nothing answers.
        answer: from this confidence on the first article answers.
        questions: how many judged questions it was fitted on.
        fitted_here: fitted on this index rather than brought by its model.
        features: the version of the features that have these weights.
    """

    ranking: Linear
    confidence: Linear
    suggest: float
    answer: float
    questions: int
    fitted_here: bool = False
    features: int = FEATURES_VERSION

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Calibration:
        """A calibration as ``dataclasses.asdict`` gave it.

        Raises:
            ValueError: it was fitted on other features.
            TypeError, KeyError: a value is missing or unknown.
        """
        found = values.get("features")
        if found != FEATURES_VERSION:
            raise ValueError(
                f"fitted on ranking features {found or 0}, this loanfaq has {FEATURES_VERSION}"
            )
        fitted = {name: Linear(**values[name]) for name in ("ranking", "confidence")}
        return cls(**{**values, **fitted})


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


def file_entry(path: Path) -> FileEntry:
    """Size and hash of a file."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return FileEntry(path.stat().st_size, digest)
