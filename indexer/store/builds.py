"""Builds of an index folder: written beside, published by replacing one line, pruned.

    INDEX/CURRENT           the id of the build that is served
    INDEX/builds/<id>/      an immutable build
    INDEX/builds/.new-*     a build being written; swept away by the next one
    INDEX/lock              held while building

A build that dies leaves ``CURRENT`` and the build that it names as they were.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import (
    IndexBusyError,
    IndexDamagedError,
    IndexFolderError,
    IndexMissingError,
)
from indexer.store.manifest import MANIFEST, FileEntry, Manifest, file_entry

_UNFINISHED = ".new-"


@dataclass(frozen=True, slots=True)
class IndexFolder:
    """The folder of an index."""

    path: Path

    @property
    def _current(self) -> Path:
        return self.path / "CURRENT"

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
        if not build_id or Path(build_id).name != build_id or not build.is_dir():
            raise IndexDamagedError(
                f"{self._current}: names the build {build_id!r}, which is not there; "
                "build the index again with 'loanfaq index'"
            )
        return build

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the folder for building.

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
            _fsync(path)
        _fsync(unfinished)
        unfinished.chmod(0o755)
        build = self.builds / build_id
        unfinished.rename(build)
        _fsync(self.builds)
        beside = self.path / "CURRENT.new"
        beside.write_text(build_id + "\n", encoding="utf-8")
        _fsync(beside)
        beside.replace(self._current)
        _fsync(self.path)

    def prune(self, keep: int) -> None:
        """Remove old builds beyond the newest `keep`; never the current one."""
        current = self.current_id()
        builds = (path for path in self.builds.iterdir() if (path / MANIFEST).is_file())
        old = sorted(path.name for path in builds if path.name != current)
        for name in old[: max(0, len(old) - (keep - 1))]:
            shutil.rmtree(self.builds / name, ignore_errors=True)

    def _sweep(self) -> None:
        for leftover in self.builds.glob(f"{_UNFINISHED}*"):
            shutil.rmtree(leftover)


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


def _fsync(path: Path) -> None:
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
