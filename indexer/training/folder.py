"""Writing a model folder whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.encoders.compact_files import is_compact_folder
from indexer.errors import InputError
from indexer.training.card import was_trained_here


def check_free(folder: Path) -> None:
    """Refuse a place that cannot be written, or whose content is no model of ours to replace.

    Raises:
        InputError: a file is there, or a folder with something else in it, or no folder can be
            made there.
    """
    check_writable(folder)
    if not folder.exists() or is_compact_folder(folder) or was_trained_here(folder):
        return
    if not folder.is_dir() or any(folder.iterdir()):
        raise InputError(f"{folder} holds something other than a trained model; name another place")


def check_writable(path: Path) -> None:
    """Refuse a place where no file or folder can be made: better now than hours later.

    Raises:
        InputError: what is there is no folder, or may not be written to.
    """
    there = next(each for each in path.absolute().parents if each.exists())
    if not there.is_dir():
        raise InputError(f"{path} cannot be written ({there} is no folder)")
    if not os.access(there, os.W_OK | os.X_OK):
        raise InputError(f"{path} cannot be written (no permission in {there})")


@contextmanager
def published(folder: Path) -> Iterator[Path]:
    """A new folder to fill, which takes the name of ``folder`` once filled.

    It lies beside, on the same disk, so that taking the name is one rename. If filling
    it fails or is interrupted it goes, and what was at ``folder`` stays.

    Raises:
        InputError: the disk refuses to be written to.
    """
    folder = folder.absolute()
    fresh = folder.with_name(f".{folder.name}.new-{os.getpid()}")
    old = folder.with_name(f".{folder.name}.old-{os.getpid()}")
    try:
        fresh.mkdir(parents=True)
        yield fresh
        if folder.exists():
            folder.rename(old)
        try:
            fresh.rename(folder)
        except BaseException:
            if old.exists():
                old.rename(folder)
            raise
    except OSError as error:
        raise InputError(f"{folder} cannot be written ({error.strerror or error})") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        if folder.exists():
            shutil.rmtree(old, ignore_errors=True)
