from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from indexer.errors import PairsError
from indexer.training.pairs import Pair, pair_files, read_pairs

GOOD = "花呗怎么还\t怎么还花呗\t1\n借呗利息\t花呗额度\t0\n"
PAIRS = [Pair("花呗怎么还", "怎么还花呗", True), Pair("借呗利息", "花呗额度", False)]


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_bytes(text.encode())
    return path


JSON = """\
{"a": "花呗怎么还", "b": "怎么还花呗", "label": 1}
{"a": "借呗利息", "b": "花呗额度", "label": 0, "by": "me"}
"""


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_json_lines(tmp_path: Path, name: str) -> None:
    assert read_pairs([write(tmp_path / name, JSON)]) == PAIRS


def test_a_blank_line_of_json_lines_is_none(tmp_path: Path) -> None:
    assert read_pairs([write(tmp_path / "a.jsonl", JSON.replace("\n", "\n\n"))]) == PAIRS


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("花呗\t借呗\t1", "expected"),
        ("[1]", "expected"),
        ('{"a": "一", "b": "二"}', "expected"),
        ('{"a": "一", "b": 2, "label": 1}', "a question must be text"),
        ('{"a": "一", "b": "二", "label": 7}', "the label is '7'; it must be 0 or 1"),
        ('{"a": "一", "b": "", "label": 1}', "a question is empty"),
    ],
)
def test_a_bad_json_line_is_named(tmp_path: Path, line: str, problem: str) -> None:
    path = write(tmp_path / "a.jsonl", JSON + line + "\n")
    with pytest.raises(PairsError, match=rf"a\.jsonl:3: .*{problem}"):
        read_pairs([path])


@pytest.mark.parametrize("name", ["a.tsv", "a.tsv.gz"])
def test_plain_and_gzipped(tmp_path: Path, name: str) -> None:
    assert read_pairs([write(tmp_path / name, GOOD)]) == PAIRS


def test_windows_line_ends_a_mark_and_no_last_line_end(tmp_path: Path) -> None:
    text = "\ufeff" + GOOD.replace("\n", "\r\n").rstrip()
    assert read_pairs([write(tmp_path / "a.tsv", text)]) == PAIRS


def test_a_folder_gives_its_files_in_order(tmp_path: Path) -> None:
    second = write(tmp_path / "b.tsv.gz", GOOD)
    first = write(tmp_path / "a" / "z.tsv", GOOD)
    write(tmp_path / "README.md", "no pairs")
    write(tmp_path / ".hidden.tsv", "no pairs")
    assert pair_files([tmp_path]) == [first, second]
    assert read_pairs([tmp_path]) == PAIRS * 2


def test_a_file_named_twice_counts_twice(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tsv", GOOD)
    assert read_pairs([path, path]) == PAIRS * 2


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("一个问题", "found 1 field$"),
        ("", "found 1 field$"),
        ("一\t二", "found 2 fields"),
        ("一\t二\t1\t多", "found 4 fields"),
        ("一\t二\t2", "the label is '2'; it must be 0 or 1"),
        ("一\t二\t", "the label is ''"),
        ("一\t \t1", "a question is empty"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, problem: str) -> None:
    path = write(tmp_path / "a.tsv", GOOD + line + "\n" + GOOD)
    with pytest.raises(PairsError, match=rf"a\.tsv:3: .*{problem}"):
        read_pairs([path])


def test_a_line_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_bytes(GOOD.encode() + "花呗\t借呗\t0\n".encode("gb18030"))
    with pytest.raises(PairsError, match=r"a\.tsv:3: is not UTF-8"):
        read_pairs([path])


def test_a_gzip_file_cut_short_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tsv.gz", GOOD * 1_000)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(PairsError, match=r"a\.tsv\.gz:\d+: is not a whole gzip file"):
        read_pairs([path])


def test_what_is_no_gzip_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv.gz"
    path.write_text(GOOD, encoding="utf-8")
    with pytest.raises(PairsError, match=r"a\.tsv\.gz:1: is not a whole gzip file"):
        read_pairs([path])


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PairsError, match=r"none\.tsv: no such file or folder"):
        read_pairs([tmp_path / "none.tsv"])


def test_a_folder_without_pairs_is_named(tmp_path: Path) -> None:
    with pytest.raises(PairsError, match=r"holds no \.tsv or \.jsonl file"):
        read_pairs([tmp_path])
