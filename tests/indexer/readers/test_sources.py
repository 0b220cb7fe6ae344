"""Files as people have them: Windows line ends, byte order marks, odd names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from indexer.errors import SourceError
from indexer.readers import read_sources
from tests.indexer.readers.reading import read

FORMS = {
    "a.md": "---\nid: a\ntitle: 花呗怎么还\n---\n\n在账单页还。\n",
    "a.jsonl": '{"id": "a", "title": "花呗怎么还", "body": "在账单页还。"}\n',
    "a.txt": "花呗怎么还\n\n在账单页还。\n",
}


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_byte_order_marks_change_nothing(
    tmp_path: Path, name: str, line_end: str, mark: bytes
) -> None:
    file = tmp_path / name
    file.write_bytes(mark + FORMS[name].replace("\n", line_end).encode())
    read = read_sources([str(file)])
    assert read.rejected == []
    assert [(article.title, article.text) for article in read.articles] == [
        ("花呗怎么还", "在账单页还。")
    ]


def test_a_file_name_that_is_no_text_is_shown_and_read(tmp_path: Path) -> None:
    name = os.fsdecode("贷款.md".encode("gb18030"))
    (tmp_path / name).write_text(FORMS["a.md"], encoding="utf-8")
    [article] = read_sources([str(tmp_path)]).articles
    assert article.source.encode()
    assert article.source.endswith(".md")


def test_one_unreadable_file_of_a_folder_is_rejected_by_name(tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text(FORMS["a.md"], encoding="utf-8")
    (tmp_path / "bad.md").symlink_to(Path("/proc/self/mem"))
    read = read_sources([str(tmp_path)])
    assert len(read.articles) == 1
    assert [Path(error.where).name for error in read.rejected] == ["bad.md"]


def test_a_source_whose_path_is_no_text_is_refused(tmp_path: Path) -> None:
    """An index names its sources; what lies inside a folder may be named anyhow."""
    file = tmp_path / os.fsdecode("贷款.md".encode("gb18030"))
    file.write_text(FORMS["a.md"], encoding="utf-8")
    with pytest.raises(SourceError, match=r"md: its path is no UTF-8 text; rename it$"):
        read_sources([str(file)])


def test_a_link_that_leads_nowhere_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text(FORMS["a.md"], encoding="utf-8")
    (tmp_path / "gone.md").symlink_to(tmp_path / "nothing.md")
    read = read_sources([str(tmp_path)])
    assert [Path(error.where).name for error in read.rejected] == ["gone.md"]


def test_half_a_character_is_named() -> None:
    found = read("a.jsonl", '{"title": "问", "body": "坏\\ud800字"}')
    assert found.articles == []
    assert found.rejected == ['a.jsonl:1: "body" holds half a character (a lone surrogate)']
