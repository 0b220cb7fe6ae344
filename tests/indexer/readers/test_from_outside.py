"""Sources as a site owner names them on the command line, and what is said of their faults."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from indexer.readers import read_sources
from indexer.readers.limits import MAX_FAULTS
from indexer.readers.sources import fingerprint
from tests.indexer.readers.making import csv_text, post, workbook, wxr
from tests.indexer.readers.test_html_page import PAGE
from tests.test_cli import LOANFAQ, run
from tests.web.state.faults import BOUND_BY_MODES


def site(folder: Path) -> list[Path]:
    """A table from Excel, a folder of mixed files, and an export."""
    pages = folder / "pages"
    (pages / "saved_files").mkdir(parents=True)
    (pages / "saved.html").write_text(PAGE, encoding="utf-8")
    (pages / "saved_files" / "advert.html").write_text("<p>广告</p>", encoding="utf-8")
    (pages / "faq.xlsx").write_bytes(
        workbook({"问答": [["问题", "答案", "备注"], ["微粒贷怎么还", "打开微信钱包。", "x"]]})
    )
    (pages / "~$faq.xlsx").write_bytes(b"lock")
    (pages / "a.md").write_text("# 房贷怎么还\n\n打开手机银行。\n", encoding="utf-8")
    table = folder / "faq.csv"
    rows = [["标题行", "说明"], ["花呗怎么还", "1、打开账单。\n2、点还款。"]]
    table.write_bytes(csv_text(rows).encode("gb18030"))
    export = folder / "export.xml"
    export.write_text(wxr(post("借呗怎么还", "在首页还。"), post("草稿", "答。", status="draft")))
    return [table, pages, export]


COLUMNS = ("--column", "title=标题行", "--column", "body=说明")


def test_tables_pages_exports_and_folders_are_indexed_together(tmp_path: Path) -> None:
    sources = site(tmp_path)
    built = run("index", *sources, *COLUMNS, "--index", tmp_path / "index")
    assert built.returncode == 0, built.stderr
    assert "indexed 5 articles" in built.stdout
    assert "left out: column 备注 × 1, draft × 1 (see --drafts, --pages, --column)" in built.stdout
    assert "passed over files of other kinds: .html × 1" in built.stdout
    found = run("search", "花呗的账单怎么还款", "--index", tmp_path / "index", "-k", 1)
    assert "花呗怎么还" in found.stdout
    stale = ("index", *sources, "--index", tmp_path / "index", "--if-stale", "--json")
    assert json.loads(run(*stale, *COLUMNS).stdout)["up_to_date"]
    with_drafts = json.loads(run(*stale, *COLUMNS, "--drafts").stdout)
    assert with_drafts["counts"]["articles"] == 6
    assert with_drafts["left_out"] == {"column 备注": 1}


def test_a_column_that_no_source_has_is_told(tmp_path: Path) -> None:
    [table, *_] = site(tmp_path)
    named = (*COLUMNS, "--column", "category=栏目名")
    built = run("index", table, *named, "--index", tmp_path / "index")
    assert "no source has the column of --column category=栏目名" in built.stdout


@pytest.mark.parametrize("value", ["titel=标题", "title", "title="])
def test_a_column_of_no_field_is_wrong_usage(tmp_path: Path, value: str) -> None:
    failed = run("index", tmp_path, "--column", value, "--index", tmp_path / "index")
    assert failed.returncode == 2
    assert "FIELD is one of title, body, id, category, published, url, tags" in failed.stderr


def test_pairs_reads_sources_in_the_same_way(tmp_path: Path) -> None:
    [table, *_] = site(tmp_path)
    derived = run("pairs", table, *COLUMNS, "--out", tmp_path / "pairs")
    assert derived.returncode == 0, derived.stderr
    assert "花呗怎么还" in (tmp_path / "pairs" / "articles.tsv").read_text(encoding="utf-8")


def test_only_drafts_is_no_article_and_says_why(tmp_path: Path) -> None:
    export = tmp_path / "export.xml"
    export.write_text(wxr(post("草稿", "答。", status="draft")), encoding="utf-8")
    failed = run("index", export, "--index", tmp_path / "index")
    assert failed.returncode == 1
    assert f"{export}: no article found; left out: draft × 1 (see --drafts" in failed.stderr


def test_every_fault_is_a_line_and_no_index_is_touched(tmp_path: Path) -> None:
    good = tmp_path / "good.csv"
    good.write_text("标题,答案\n花呗怎么还,在账单页还。\n", encoding="utf-8")
    rows = tmp_path / "rows.csv"
    rows.write_text("标题,答案\n,没有标题\n没有答案,\n借呗怎么还,在首页还。\n", encoding="utf-8")
    (tmp_path / "picture.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    (tmp_path / "old.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    (tmp_path / "long.jsonl").write_bytes(b'{"title": "' + b"x" * 50_000_000 + b'"}\n')
    (tmp_path / "bomb.xml").write_text('<!DOCTYPE a [<!ENTITY b "c">]><rss>&b;</rss>')
    (tmp_path / "feed.xml").write_text("<urlset/>")
    (tmp_path / "empty.html").write_text("<h1>花呗</h1>", encoding="utf-8")
    (tmp_path / "twice.jsonl").write_text(
        '{"id": "a", "title": "甲", "body": "答"}\n{"id": "a", "title": "乙", "body": "答"}\n',
        encoding="utf-8",
    )
    index = tmp_path / "index"
    run("index", good, "--index", index)
    before = (index / "CURRENT").read_text()
    sources = sorted(path for path in tmp_path.iterdir() if path.is_file())
    failed = run("index", *sources, "--index", index)
    assert failed.returncode == 1
    *faults, summary = failed.stderr.removeprefix("loanfaq: ").splitlines()
    assert [fault.removeprefix(f"{tmp_path}/").split(" ")[0] for fault in faults] == [
        "bomb.xml:1:",
        "empty.html:",
        "feed.xml:1:",
        "long.jsonl:1:",
        "old.xlsx:",
        "picture.csv:",
        "rows.csv:2:",
        "rows.csv:3:",
        "twice.jsonl:2:",
    ]
    assert summary.startswith("9 parts of the sources cannot be used; no index was touched")
    assert (index / "CURRENT").read_text() == before
    skipped = run("index", *sources, "--index", index, "--skip-bad")
    assert skipped.returncode == 0
    assert [line.removeprefix("skipped ") for line in skipped.stderr.splitlines()] == faults
    assert "indexed 3 articles" in skipped.stdout
    assert "skipped 9 that could not be read (listed above)" in skipped.stdout


def test_fingerprints_of_reading_and_of_looking_agree(tmp_path: Path) -> None:
    sources = [str(path) for path in site(tmp_path)]
    read = read_sources(sources)
    assert [source.fingerprint for source in read.sources] == [fingerprint(s) for s in sources]
    (tmp_path / "pages" / "a.md").write_text("# 房贷怎么还\n\n打开网上银行。\n", encoding="utf-8")
    assert fingerprint(sources[1]) != read.sources[1].fingerprint


def test_a_file_of_nothing_but_faults_is_given_up_and_that_is_told(tmp_path: Path) -> None:
    table = tmp_path / "faq.jsonl"
    table.write_text("x\n" * (MAX_FAULTS + 5), encoding="utf-8")
    rejected = read_sources([str(table)]).rejected
    assert len(rejected) == MAX_FAULTS + 1
    assert str(rejected[-1]) == f"{table}: 10,000 faults; the rest of the file was not read"


@pytest.mark.parametrize("name", ["faq.csv", "faq.jsonl", "export.xml"])
def test_a_file_without_any_article_is_a_fault(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text({"faq.csv": "标题,答案\n", "faq.jsonl": "\n\n", "export.xml": wxr()}[name])
    assert [str(error) for error in read_sources([str(file)]).rejected] == [
        f"{file}: the file holds no article"
    ]


def test_a_line_break_in_a_files_name_breaks_no_message(tmp_path: Path) -> None:
    file = tmp_path / "a\nb.csv"
    file.write_text("甲,乙\n", encoding="utf-8")
    [error] = read_sources([str(file)]).rejected
    assert "a\\nb.csv:1: no row of headers" in str(error)


def test_a_folder_that_cannot_be_looked_into_is_told(tmp_path: Path) -> None:
    closed = tmp_path / "faq" / "closed"
    closed.mkdir(parents=True)
    (closed / "a.md").write_text("# 房贷怎么还\n\n打开手机银行。\n", encoding="utf-8")
    (tmp_path / "faq" / "b.md").write_text("# 车贷怎么还\n\n打开手机银行。\n", encoding="utf-8")
    closed.chmod(0)
    try:
        command = [*BOUND_BY_MODES, str(LOANFAQ), "index", str(tmp_path / "faq")]
        failed = subprocess.run(
            [*command, "--index", str(tmp_path / "index")], capture_output=True, text=True
        )
    finally:
        closed.chmod(0o700)
    assert failed.returncode == 1
    assert f"{closed}: cannot be read: Permission denied\n" in failed.stderr
    assert not (tmp_path / "index").exists()
