"""Builds of an index folder: written beside, published by replacing one line.

    INDEX/CURRENT           the id of the build that is served
    INDEX/CURRENT.new       the id of a build that is being published
    INDEX/builds/<id>/      an immutable build
    INDEX/builds/.new-*     a build being written
    INDEX/builds/.old-*     a build being removed
    INDEX/lock              held while building

A build that dies leaves ``CURRENT`` and the build that it names as they were; what else
it left is swept away by the next one.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import (
    IndexBusyError,
    IndexDamagedError,
    IndexFolderError,
    IndexMissingError,
)
from indexer.store.entries import FileEntry, file_entry
from indexer.store.holds import Hold
from indexer.store.manifest import Manifest
from indexer.store.writing import writing

_UNFINISHED = ".new-"
_REMOVED = ".old-"


@dataclass(frozen=True, slots=True)
class IndexFolder:
    """The folder of an index."""

    path: Path

    @property
    def _current(self) -> Path:
        return self.path / "CURRENT"

    @property
    def _intent(self) -> Path:
        return self.path / "CURRENT.new"

    @property
    def builds(self) -> Path:
        """The folder that holds the builds."""
        return self.path / "builds"

    def current_id(self) -> str:
        """Id of the published build.

        Raises:
            IndexMissingError: nothing was published.
        """
        try:
            return self._current.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            raise IndexMissingError(
                f"{self.path}: no index here; build one with 'loanfaq index'"
            ) from None
        except (OSError, UnicodeDecodeError) as error:
            raise IndexFolderError(f"{self._current}: cannot be read: {error}") from error

    def current(self) -> Path:
        """Folder of the published build.

        Raises:
            IndexMissingError: nothing was published.
            IndexDamagedError: the build that ``CURRENT`` names is gone.
        """
        build_id = self.current_id()
        build = self.builds / build_id
        if not _can_name_a_build(build_id) or not build.is_dir():
            raise IndexDamagedError(
                f"{self._current}: names the build {build_id!r}, which is not there; "
                "build the index again with 'loanfaq index'"
            )
        return build

    def current_id_if_any(self) -> str | None:
        """Id of the published build; None where there is none that can be read."""
        try:
            return self.current().name
        except IndexFolderError:
            return None

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the folder for building; what a dead build left is swept away first.

        Raises:
            IndexBusyError: another process holds it.
            IndexFolderError: the folder cannot be written, or the disk is full.
        """
        from filelock import FileLock, Timeout

        try:
            self.builds.mkdir(parents=True, exist_ok=True)
            with FileLock(self.path / "lock", timeout=0):
                self._sweep()
                yield
        except Timeout:
            raise IndexBusyError(
                f"{self.path}: another build is running; wait for it to end"
            ) from None
        except OSError as error:
            where = error.filename or self.path
            reason = error.strerror or error
            raise IndexFolderError(f"{where}: {reason}; the index was not touched") from error

    def new_build(self) -> Path:
        """A fresh folder to write a build into; `publish` gives it its name."""
        return Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=self.builds))

    def publish(self, unfinished: Path, build_id: str) -> None:
        """Name a finished build, then make it the current one; both survive a crash."""
        for path in unfinished.rglob("*"):
            with writing(path):
                _fsync(path)
        _fsync(unfinished)
        unfinished.chmod(0o755)
        # Written first: a build that has its name and was never published is known by it.
        self._write(self._intent, build_id)
        unfinished.rename(self.builds / build_id)
        _fsync(self.builds)
        self._replace_current(self._intent)

    def point_to(self, build_id: str) -> None:
        """Make a build that is there the current one."""
        beside = self.path / "CURRENT.back"
        self._write(beside, build_id)
        self._replace_current(beside)

    def discard(self, unfinished: Path) -> None:
        """Remove what was written of a build that is not to be published."""
        shutil.rmtree(unfinished, ignore_errors=True)
        with suppress(OSError):
            self._sweep()

    def remove(self, build: Path) -> None:
        """Remove a build; one that is removed by half is never taken for a build."""
        gone = self.builds / f"{_REMOVED}{build.name}"
        build.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)

    def _write(self, path: Path, build_id: str) -> None:
        with writing(path):
            path.write_text(build_id + "\n", encoding="utf-8")
            _fsync(path)

    def _replace_current(self, beside: Path) -> None:
        beside.replace(self._current)
        _fsync(self.path)

    def _sweep(self) -> None:
        if self._intent.exists():
            self._sweep_unpublished(self._intent.read_text("utf-8", "replace").strip())
            self._intent.unlink()
        (self.path / "CURRENT.back").unlink(missing_ok=True)
        for prefix in (_UNFINISHED, _REMOVED):
            for leftover in self.builds.glob(f"{prefix}*"):
                shutil.rmtree(leftover)

    def _sweep_unpublished(self, build_id: str) -> None:
        build = self.builds / build_id
        published = build_id == self.current_id_if_any()
        if _can_name_a_build(build_id) and not published and build.is_dir():
            self.remove(build)


@dataclass(frozen=True, slots=True)
class HeldBuild:
    """A build that pruning spares until its hold is released."""

    path: Path
    manifest: Manifest
    hold: Hold


def hold_current(folder: Path) -> HeldBuild:
    """The published build of an index folder, held; one that is replaced meanwhile is let go.

    Raises:
        IndexMissingError: nothing was published.
        IndexMismatchError: another version of loanfaq wrote it.
        IndexDamagedError: it is not whole.
    """
    index = IndexFolder(folder)
    while True:
        build_id = index.current_id()
        try:
            build = index.current()
            hold = Hold.of(build)
        except IndexDamagedError:
            if index.current_id() == build_id:
                raise
        else:
            return HeldBuild(build, Manifest.read(build), hold)


def hold_build(folder: Path, build_id: str) -> HeldBuild:
    """A build that an index folder keeps, published or not, held.

    Raises:
        IndexFolderError: it keeps no build of that id.
        IndexMismatchError: another version of loanfaq wrote it.
        IndexDamagedError: it is not whole.
    """
    build = IndexFolder(folder).builds / build_id
    if not _can_name_a_build(build_id) or not build.is_dir():
        raise IndexFolderError(
            f"{folder}: keeps no build {build_id!r}; 'loanfaq inspect --builds' lists them"
        )
    return held(build)


def held(build: Path) -> HeldBuild:
    """The build in that folder, held.

    Raises:
        IndexMismatchError: another version of loanfaq wrote it.
        IndexDamagedError: it is not whole.
    """
    hold = Hold.of(build)
    return HeldBuild(build, Manifest.read(build), hold)


def read_current(folder: Path) -> tuple[Path, Manifest]:
    """The published build of an index folder, and its manifest.

    Raises:
        IndexMissingError: nothing was published.
        IndexMismatchError: another version of loanfaq wrote it.
        IndexDamagedError: it is not whole.
    """
    build = IndexFolder(folder).current()
    return build, Manifest.read(build)


def list_build_files(build: Path) -> dict[str, Path]:
    """Files of a build by the name that the manifest gives them; lock files are left out."""
    return {
        path.relative_to(build).as_posix(): path
        for path in sorted(build.rglob("*"))
        if path.is_file() and path.suffix != ".lock"
    }


def file_entries(build: Path) -> dict[str, FileEntry]:
    """Sizes and hashes of the files of a build."""
    return {name: file_entry(path) for name, path in list_build_files(build).items()}


def _can_name_a_build(text: str) -> bool:
    """Whether a line names something inside the folder of builds, and nothing else."""
    return Path(text).name == text and not text.startswith(".") and text != ""


def _fsync(path: Path) -> None:
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
