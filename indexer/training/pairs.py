"""Question pairs, read from files: two questions and a label, 1 for the same question.

TSV, ``a<TAB>b<TAB>label``, or JSONL, ``{"a": "…", "b": "…", "label": 1}``; plain or
gzipped, UTF-8. What cannot be read is an error that names its file and line: a row
skipped in silence would be a row nobody misses.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from indexer.errors import PairsError

_ENDINGS = (".tsv", ".tsv.gz", ".jsonl", ".jsonl.gz")
_LABELS = {"0": False, "1": True}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two questions and whether one answer serves both.

    Attributes:
        first: one question, as typed.
        second: the other.
        same: True where a person judged them the same question.
    """

    first: str
    second: str
    same: bool


def pair_files(paths: Iterable[Path]) -> list[Path]:
    """The files of pairs named, or found below a folder, in a stable order.

    A file named twice is given twice: that is how a set is made to weigh more.

    Raises:
        PairsError: a path does not exist, or a folder holds no such file.
    """
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            found = sorted(p for p in path.rglob("*") if p.is_file() and _is_pairs(p))
            if not found:
                raise PairsError(path, "holds no .tsv or .jsonl file of question pairs")
            files += found
        elif path.exists():
            files.append(path)
        else:
            raise PairsError(path, "no such file or folder")
    return files


def read_pairs(paths: Iterable[Path]) -> list[Pair]:
    """Read the pairs of files and folders.

    Raises:
        PairsError: a file or line that cannot be read, with its place.
    """
    return [pair for path in pair_files(paths) for pair in _read_file(path)]


def write_pairs(pairs: Iterable[Pair], path: Path) -> int:
    """Write pairs as `read_pairs` reads them; texts must hold no tab and no line break.

    Returns:
        How many were written.
    """
    lines = [f"{pair.first}\t{pair.second}\t{int(pair.same)}\n" for pair in pairs]
    path.write_text("".join(lines), encoding="utf-8", newline="\n")
    return len(lines)


def _is_pairs(path: Path) -> bool:
    return path.name.endswith(_ENDINGS) and not path.name.startswith(".")


def _open(path: Path) -> BinaryIO:
    if path.suffix == ".gz":
        return cast(BinaryIO, gzip.open(path, "rb"))
    return path.open("rb")


def _read_file(path: Path) -> Iterator[Pair]:
    number = 0
    fields = _json_fields if ".jsonl" in path.suffixes else _tsv_fields
    try:
        with _open(path) as lines:
            for number, line in enumerate(lines, start=1):
                yield _parse(fields(_decode(line, path, number), path, number), path, number)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise PairsError(path, f"is not a whole gzip file ({error})", number + 1) from error
    except OSError as error:
        raise PairsError(path, f"cannot be read ({error.strerror or error})") from error


def _decode(line: bytes, path: Path, number: int) -> str:
    try:
        return line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise PairsError(path, "is not UTF-8", number) from error


def _tsv_fields(line: str, path: Path, number: int) -> Sequence[str]:
    fields = line.split("\t")
    if len(fields) != 3:
        found = f"{len(fields)} field{'s' * (len(fields) != 1)}"
        raise PairsError(path, f"expected a<TAB>b<TAB>label, found {found}", number)
    return fields


def _json_fields(line: str, path: Path, number: int) -> Sequence[str]:
    try:
        values = json.loads(line)
        first, second, label = values["a"], values["b"], values["label"]
    except (ValueError, TypeError, KeyError) as error:
        expected = 'expected {"a": …, "b": …, "label": …}'
        raise PairsError(path, expected, number) from error
    if not isinstance(first, str) or not isinstance(second, str):
        raise PairsError(path, "a question must be text", number)
    return first, second, str(label)


def _parse(fields: Sequence[str], path: Path, number: int) -> Pair:
    first, second, label = fields
    if label not in _LABELS:
        raise PairsError(path, f"the label is {label!r}; it must be 0 or 1", number)
    if not first.strip() or not second.strip():
        raise PairsError(path, "a question is empty", number)
    return Pair(first, second, _LABELS[label])
