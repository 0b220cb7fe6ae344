"""Whether an index is what a build would give now, judged against its manifest."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from indexer.calibration import inherited_calibration
from indexer.errors import IndexFolderError, IndexMissingError
from indexer.lexicon import Lexicon
from indexer.readers.source_file import STANDARD_INPUT
from indexer.readers.sources import absolute_name, fingerprint
from indexer.reading import ReadOptions
from indexer.store.builds import read_current
from indexer.store.entries import EncoderEntry
from indexer.store.manifest import Manifest


def why_stale(
    folder: Path,
    sources: Sequence[str],
    reading: ReadOptions,
    encoder: EncoderEntry,
    lexicon: Lexicon,
    *,
    skip_bad: bool = False,
) -> str | None:
    """One clause on what changed since the index was built; None where nothing did.

    What was left out as bad counts unless `skip_bad` says that it may.

    Raises:
        SourceError: a source or a lexicon file does not exist.
    """
    try:
        build, manifest = read_current(folder)
        manifest.check_sizes(build)
    except IndexFolderError as error:
        return str(error)
    if manifest.loanfaq_version != version("loanfaq"):
        return "another version of loanfaq built it"
    if manifest.encoder.fingerprint != encoder.fingerprint:
        return "the encoder changed"
    if manifest.calibration != inherited_calibration(encoder, manifest.counts, folder):
        return "the model's calibration changed"
    if dict(manifest.lexicon) != lexicon.fingerprints():
        return "the lexicon changed"
    if manifest.counts.rejected and not skip_bad:
        return "parts of its sources were left out as bad"
    return _why_sources_differ(manifest, sources, reading)


def _why_sources_differ(
    manifest: Manifest, sources: Sequence[str], reading: ReadOptions
) -> str | None:
    if any(source.reading != reading for source in manifest.sources):
        return "the sources are read with other options"
    if manifest.left_out:
        return "articles of its sources were taken out of it"
    if STANDARD_INPUT in sources:
        return "standard input cannot be compared"
    before = [(source.name, source.fingerprint) for source in manifest.sources]
    if before != [(absolute_name(name), fingerprint(name)) for name in sources]:
        return "the sources changed"
    return None


def other_sources(folder: Path, sources: Sequence[str]) -> tuple[str, ...]:
    """Names of the sources of the index there, if they are not the ones given."""
    try:
        _, manifest = read_current(folder)
    except IndexMissingError:
        return ()
    except IndexFolderError:
        return ("sources that can no longer be read",)
    names = tuple(source.name for source in manifest.sources)
    return () if names == tuple(map(absolute_name, sources)) else names
