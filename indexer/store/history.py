"""Builds that an index folder keeps beside the current one: listed, gone back to, pruned."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import IndexFolderError
from indexer.store.builds import IndexFolder
from indexer.store.holds import unheld
from indexer.store.manifest import MANIFEST, Manifest


@dataclass(frozen=True, slots=True)
class KeptBuild:
    """A build that lies in an index folder.

    Attributes:
        problem: why its manifest cannot be read; None where it can.
        current: it is the one that is served.
        open: some process reads it.
    """

    id: str
    created: str
    articles: int
    bytes: int
    current: bool
    open: bool
    problem: str | None


@dataclass(frozen=True, slots=True)
class Rollback:
    """The build that was current and the one that is now."""

    before: str
    now: Manifest


def list_builds(folder: Path) -> list[KeptBuild]:
    """Builds of an index folder, the newest first.

    Raises:
        IndexMissingError: nothing was published.
    """
    index = IndexFolder(folder)
    current = index.current_id()
    kept = []
    for build in _builds(index):
        with suppress(FileNotFoundError):  # pruned this moment
            kept.append(_kept(build, build.name == current))
    return kept


def _kept(build: Path, current: bool) -> KeptBuild:
    with unheld(build) as free:
        is_open = not free
    try:
        manifest = Manifest.read(build)
    except IndexFolderError as error:
        return KeptBuild(build.name, "", 0, 0, current, is_open, str(error))
    size = sum(entry.size for entry in manifest.files.values())
    articles = manifest.counts.articles
    return KeptBuild(build.name, manifest.created, articles, size, current, is_open, None)


def roll_back(folder: Path, build_id: str | None = None) -> Rollback:
    """Make another build the current one, once every file of it was checked.

    Args:
        folder: the index folder.
        build_id: which build; None for the one that the current one replaced, or, where
            that is gone, the newest that is older.

    Raises:
        IndexFolderError: there is no such build.
        IndexMismatchError: another version of loanfaq wrote it.
        IndexDamagedError: it is not whole.
        IndexBusyError: a build is running.
    """
    index = IndexFolder(folder)
    index.current_id()  # Nothing is made where there is no index.
    with index.lock():
        before = index.current_id()
        ids = [build.name for build in _builds(index)]
        chosen = build_id or _before(index, before, ids)
        if chosen is None:
            raise IndexFolderError(f"{folder}: there is no build before {before} to go back to")
        if chosen not in ids:
            raise IndexFolderError(
                f"{folder}: no build {chosen}; 'loanfaq inspect --builds' lists what is there"
            )
        manifest = Manifest.read(index.builds / chosen)
        manifest.check_hashes(index.builds / chosen)
        if chosen != before:
            index.point_to(chosen)
    return Rollback(before, manifest)


def _before(index: IndexFolder, current: str, ids: list[str]) -> str | None:
    replaced = _replaced_by(index.builds / current)
    if replaced in ids:
        return replaced
    return next((name for name in ids if name < current), None)


def prune(index: IndexFolder, keep: int) -> None:
    """Remove builds beyond `keep`, the current one counted, but none that is open.

    Kept are those that `roll_back` would go back to, one after the other, then the newest:
    a build that was rolled back from goes before the one that was gone back to.
    """
    current = index.current()
    line = [current.name, *_line_of(index, current)]
    rest = [build.name for build in _builds(index) if build.name not in line]
    for name in [*line, *rest][keep:]:
        _remove_unless_open(index, index.builds / name)


def _line_of(index: IndexFolder, build: Path) -> Iterator[str]:
    """Builds that a build replaced, one by one, as far as they are still there."""
    seen = {build.name}
    while (before := _replaced_by(build)) and before not in seen:
        build = index.builds / before
        if not (build / MANIFEST).is_file():
            return
        seen.add(before)
        yield before


def _replaced_by(build: Path) -> str | None:
    try:
        return Manifest.read(build).replaces
    except IndexFolderError:
        return None


def _remove_unless_open(index: IndexFolder, build: Path) -> None:
    # Another prune, a file that Windows has open: the next build tries again.
    with suppress(OSError), unheld(build) as free:
        if free:
            index.remove(build)


def _builds(index: IndexFolder) -> list[Path]:
    """Folders of builds, the newest first."""
    try:
        found = [path for path in index.builds.iterdir() if (path / MANIFEST).is_file()]
    except OSError as error:
        raise IndexFolderError(f"{index.builds}: cannot be read: {error.strerror}") from error
    return sorted((path for path in found if path.name[0] != "."), reverse=True)
