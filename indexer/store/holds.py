"""Who has a build open: shared advisory locks, which pruning respects.

A reader holds a shared lock on the manifest of its build; it works on a read-only folder
and ends with the process. On Windows an open file cannot be removed, which is as good.
"""

from __future__ import annotations

import errno
import os
import sys
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.errors import IndexDamagedError
from indexer.store.manifest import MANIFEST, REBUILD

# A file system without locks cannot say that somebody reads.
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}


class Hold:
    """Keeps a build from being pruned until `release`, or until nobody refers to it."""

    def __init__(self, handle: int) -> None:
        """Take the open file that carries the lock."""
        self._close = weakref.finalize(self, os.close, handle)

    @classmethod
    def of(cls, build: Path) -> Hold:
        """Hold a build.

        Raises:
            IndexDamagedError: it is not there, or was pruned this moment.
        """
        path = build / MANIFEST
        try:
            handle = os.open(path, os.O_RDONLY)
            hold = cls(handle)
            _share(handle)
            if not os.path.samestat(os.fstat(handle), path.stat()):
                raise FileNotFoundError(path)
        except OSError as error:
            raise IndexDamagedError(f"{path}: cannot be read; {REBUILD}") from error
        return hold

    def release(self) -> None:
        """Let pruning have the build."""
        self._close()


if sys.platform == "win32":

    def _share(handle: int) -> None:
        """An open file is hold enough."""

    @contextmanager
    def unheld(build: Path) -> Iterator[bool]:
        """True: a build that is open refuses to be removed."""
        yield True

else:
    import fcntl

    def _share(handle: int) -> None:
        try:
            fcntl.flock(handle, fcntl.LOCK_SH)
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise

    @contextmanager
    def unheld(build: Path) -> Iterator[bool]:
        """Whether nobody holds a build; nobody can begin to before the end of the block."""
        handle = os.open(build / MANIFEST, os.O_RDONLY)
        try:
            yield _take(handle)
        finally:
            os.close(handle)

    def _take(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise
        return True
