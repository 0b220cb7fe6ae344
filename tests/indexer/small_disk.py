"""What `loanfaq` does on a disk of its own: a full one, a read-only one.

Run as a module inside a mount namespace it mounts small disks that no other process sees,
and prints what happened as JSON. `run_on_small_disk` starts it so.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

_DISK_BYTES = 32 * 1024 * 1024
_LOANFAQ = [sys.executable, "-c", "from web.cli import main; main()"]


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that ran on a small disk, and what it left.

    Attributes:
        names: what lies in the index folder and its builds folder, but CURRENT's own build.
    """

    status: int
    out: str
    err: str
    current: str
    names: list[str]


def namespace() -> list[str] | None:
    """How to start a process that may mount; None where this system does not let us."""
    for command in (["unshare", "--mount"], ["unshare", "--map-root-user", "--mount"]):
        probe = [*command, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
        try:
            if subprocess.run(probe, capture_output=True).returncode == 0:
                return command
        except OSError:
            return None
    return None


def run_on_small_disk(
    index: Path, commands: Sequence[Sequence[str]], free: int | None
) -> list[Ran]:
    """Run commands, one after the other, over a copy of an index on a disk of its own.

    Args:
        index: the index folder to copy.
        commands: arguments of `loanfaq`; ``--index`` is added.
        free: bytes left on the disk; None for a disk that is read-only.
    """
    command = namespace()
    assert command
    order = json.dumps({"index": str(index), "commands": commands, "free": free})
    done = subprocess.run(
        [*command, sys.executable, "-m", "tests.indexer.small_disk", order],
        capture_output=True,
        text=True,
        check=True,
    )
    return [Ran(**each) for each in json.loads(done.stdout)]


@contextmanager
def _disk() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={_DISK_BYTES}", "tmpfs", folder]
        subprocess.run(mount, check=True)
        yield Path(folder)
        subprocess.run(["umount", folder], check=True)


def _run(arguments: Sequence[str], index: Path) -> Ran:
    done = subprocess.run(
        [*_LOANFAQ, *arguments, "--index", str(index)], capture_output=True, text=True
    )
    current = (index / "CURRENT").read_text(encoding="utf-8").strip()
    names = [*os.listdir(index), *(set(os.listdir(index / "builds")) - {current})]
    return Ran(done.returncode, done.stdout, done.stderr, current, sorted(names))


def _main(source: str, commands: Sequence[Sequence[str]], free: int | None) -> None:
    with _disk() as disk:
        index = disk / "index"
        shutil.copytree(source, index)
        if free is None:
            subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        else:
            (disk / "ballast").write_bytes(bytes(shutil.disk_usage(disk).free - free))
        ran = [asdict(_run(arguments, index)) for arguments in commands]
    print(json.dumps(ran))  # noqa: T201


if __name__ == "__main__":
    _main(**{"source" if k == "index" else k: v for k, v in json.loads(sys.argv[1]).items()})
