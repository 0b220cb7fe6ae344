"""Question pairs, read from files: two questions and a label, 1 for the same question.

TSV, ``a<TAB>b<TAB>label``, or JSONL, ``{"a": "…", "b": "…", "label": 1}``; plain or
gzipped, UTF-8. A line of JSONL may also be a judged question, ``{"query": "…", "relevant":
{"ID": 2}}``, where the articles that it names are at hand. What cannot be read is an error
that names its file and line: a row skipped in silence would be a row nobody misses.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeAlias, cast

from indexer.errors import PairsError
from indexer.judgments import Judgment, parse_judgment

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


# Makes pairs of a judged question; says what is wrong where it cannot.
OnJudged: TypeAlias = Callable[[Judgment], Iterable[Pair] | str]


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


def read_pairs(paths: Iterable[Path], on_judged: OnJudged | None = None) -> list[Pair]:
    """Read the pairs of files and folders.

    Args:
        paths: the files and folders.
        on_judged: makes pairs of the judged questions among the lines; without it they are
            errors.

    Raises:
        PairsError: a file or line that cannot be read, with its place.
        JudgmentsError: a judged question that cannot be read.
    """
    on_judged = on_judged or _refuse_judged
    return [pair for path in pair_files(paths) for pair in _read_file(path, on_judged)]


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


def _read_file(path: Path, on_judged: OnJudged) -> Iterator[Pair]:
    number = 0
    json_lines = ".jsonl" in path.suffixes
    try:
        with _open(path) as lines:
            for number, line in enumerate(lines, start=1):
                text = _decode(line, path, number)
                if json_lines:
                    # As in files of judgments, where a blank line is none.
                    yield from _of_json(text, path, number, on_judged) if text.strip() else ()
                else:
                    yield _parse(_tsv_fields(text, path, number), path, number)
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


def _of_json(line: str, path: Path, number: int, on_judged: OnJudged) -> Iterable[Pair]:
    try:
        values = json.loads(line)
    except ValueError:
        values = None
    if isinstance(values, dict) and "query" in values:
        found = on_judged(parse_judgment(line, path, number))
        if isinstance(found, str):
            raise PairsError(path, found, number)
        return found
    try:
        first, second, label = values["a"], values["b"], values["label"]
    except (TypeError, KeyError) as error:
        expected = 'expected {"a": …, "b": …, "label": …}'
        raise PairsError(path, expected, number) from error
    if not isinstance(first, str) or not isinstance(second, str):
        raise PairsError(path, "a question must be text", number)
    return [_parse((first, second, str(label)), path, number)]


def _refuse_judged(_: Judgment) -> str:
    return (
        "is a judged question, not a pair; 'loanfaq train --articles SOURCE' looks up the "
        "articles that it names"
    )


def _parse(fields: Sequence[str], path: Path, number: int) -> Pair:
    first, second, label = fields
    if label not in _LABELS:
        raise PairsError(path, f"the label is {label!r}; it must be 0 or 1", number)
    if not first.strip() or not second.strip():
        raise PairsError(path, "a question is empty", number)
    return Pair(first, second, _LABELS[label])
