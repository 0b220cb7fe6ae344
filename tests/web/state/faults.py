"""Ways in which the state database can fail, each undone when its `with` ends."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

FILE = "state.sqlite3"
Harm = Callable[[Path], object]

# Root may write everywhere; without these capabilities file modes bind it too.
BOUND_BY_MODES = (
    ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
)

_HOLD = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1])
database.execute("PRAGMA locking_mode = EXCLUSIVE")
database.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Another process holds the file for itself alone: not even readers get in."""
    command = [sys.executable, "-c", _HOLD, str(folder / FILE)]
    with subprocess.Popen(command, stdin=-1, stdout=-1, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        yield


@contextmanager
def put_aside(folder: Path) -> Iterator[None]:
    """The folder as it was comes back in the end, whatever was done to it."""
    kept = folder.with_name("kept")
    shutil.copytree(folder, kept)
    try:
        yield
    finally:
        if folder.is_dir():
            shutil.rmtree(folder)
        else:
            folder.unlink()
        kept.rename(folder)


def _instead(harm: Callable[[Path], None]) -> Callable[[Path], object]:
    @contextmanager
    def harmed(folder: Path) -> Iterator[None]:
        with put_aside(folder):
            harm(folder)
            yield

    harmed.__name__ = harm.__name__
    return harmed


@_instead
def garbage(folder: Path) -> None:
    (folder / FILE).write_bytes(b"no database at all" * 500)


@_instead
def half_of_it(folder: Path) -> None:
    path = folder / FILE
    os.truncate(path, path.stat().st_size // 2)


@_instead
def a_hundred_bytes_of_it(folder: Path) -> None:
    os.truncate(folder / FILE, 100)


@_instead
def another_program_s(folder: Path) -> None:
    (folder / FILE).unlink()
    with closing(sqlite3.connect(folder / FILE)) as database:
        database.execute("CREATE TABLE likes (something TEXT)")


@_instead
def of_a_later_version(folder: Path) -> None:
    with closing(sqlite3.connect(folder / FILE)) as database:
        database.execute("PRAGMA user_version = 99")


@_instead
def without_its_tables(folder: Path) -> None:
    with closing(sqlite3.connect(folder / FILE)) as database:
        for table in ("likes", "feedback", "queries"):
            database.execute(f"DROP TABLE {table}")


@_instead
def a_folder_in_its_place(folder: Path) -> None:
    (folder / FILE).unlink()
    (folder / FILE).mkdir()


@_instead
def a_file_in_its_folder_s_place(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("in the way")


@_instead
def earlier_likes_broken(folder: Path) -> None:
    """The file is to be made, out of likes that cannot be read."""
    (folder / FILE).unlink()
    (folder / "likes.sqlite3").write_bytes(b"no database at all" * 500)


def _modes(file_mode: int, folder_mode: int) -> Callable[[Path], object]:
    @contextmanager
    def harmed(folder: Path) -> Iterator[None]:
        for path in folder.iterdir():
            path.chmod(file_mode)
        folder.chmod(folder_mode)
        try:
            yield
        finally:
            folder.chmod(0o755)
            for path in folder.iterdir():
                path.chmod(0o644)

    return harmed


read_only_file = _modes(0o444, 0o755)
read_only_folder = _modes(0o444, 0o555)
closed_file = _modes(0o000, 0o755)
closed_folder = _modes(0o644, 0o000)

FAULTS: dict[str, Harm] = {
    "locked": locked,
    "garbage": garbage,
    "half of it": half_of_it,
    "a hundred bytes of it": a_hundred_bytes_of_it,
    "another program's": another_program_s,
    "of a later version": of_a_later_version,
    "without its tables": without_its_tables,
    "a folder in its place": a_folder_in_its_place,
    "a file in its folder's place": a_file_in_its_folder_s_place,
    "earlier likes broken": earlier_likes_broken,
    "read-only file": read_only_file,
    "read-only folder": read_only_folder,
    "closed file": closed_file,
    "closed folder": closed_folder,
}
