"""The frame of every build: the lock, a folder beside, the manifest last, the pruning."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from indexer.store.builds import IndexFolder, file_entries
from indexer.store.history import prune
from indexer.store.manifest import Manifest

DEFAULT_KEEP = 2

# Looks at a finished build before it is published, and raises to refuse it.
Approve: TypeAlias = Callable[[Path, Manifest], None]


def publish_build(
    folder: Path,
    keep: int,
    write: Callable[[Path], Manifest | None],
    approve: Approve | None = None,
) -> Manifest | None:
    """Have a build written, publish it and remove old ones.

    Args:
        folder: the index folder; the build that it serves stays until the new one is whole.
        keep: how many builds to keep, the new one counted; those that are open stay too.
        write: writes all files of a build but its manifest into a folder and gives that, or
            None where there is nothing to publish. The index folder is locked meanwhile.
        approve: what it raises is raised here, and the index stays as it was.

    Returns:
        The manifest as it was published, or None.

    Raises:
        IndexBusyError: another build is running.
        IndexFolderError: the folder cannot be written.
    """
    index = IndexFolder(folder)
    with index.lock():
        build = index.new_build()
        try:
            manifest = write(build)
            if manifest is None:
                index.discard(build)
                return None
            manifest = replace(
                manifest, replaces=index.current_id_if_any(), files=file_entries(build)
            )
            manifest.write(build)
            if approve:
                approve(build, manifest)
            index.publish(build, manifest.build_id)
        except BaseException:
            index.discard(build)
            raise
        prune(index, keep)
    return manifest


def new_build_id() -> str:
    """An id that sorts by time and that no other build has."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}-{secrets.token_hex(2)}"
