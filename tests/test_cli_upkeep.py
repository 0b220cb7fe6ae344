"""`loanfaq add`, `remove`, `rollback` and `inspect --builds` as a person uses them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.store.builds import IndexFolder
from tests.conftest import FAQ, PAGE_DUMP
from tests.test_cli import run


@pytest.fixture
def folder(index_folder: Path, tmp_path: Path) -> Path:
    """A copy of the index that a test changes."""
    return Path(shutil.copytree(index_folder, tmp_path / "index"))


ROW = '{"id": "new", "title": "花呗怎么关", "body": "还清后关。"}\n'


def test_standard_input_is_added_and_never_takes_away(folder: Path) -> None:
    added = run("add", "-", "--index", folder, stdin=ROW)
    assert added.returncode == 0, added.stderr
    assert added.stdout.startswith("added 1, updated 0, removed 0 articles\n  added: new\n")
    assert "took over 66" in added.stdout
    again = run("add", "-", "--index", folder, stdin=ROW)
    assert again.stdout == f"nothing changed in {folder}; nothing was published\n"
    other = run("add", "-", "--index", folder, stdin=ROW.replace('"new"', '"newer"'))
    assert other.stdout.startswith("added 1, updated 0, removed 0 articles")
    shape = json.loads(run("inspect", "--index", folder, "--json").stdout)
    assert [source["articles"] for source in shape["sources"]] == [12, 3, 2]


def test_a_table_with_headers_of_its_own_is_added_and_read_so_ever_after(
    folder: Path, tmp_path: Path
) -> None:
    table = tmp_path / "table.csv"
    table.write_text("编号,常见疑问,回复\nown-1,花呗怎么关,还清后关。\n", encoding="utf-8")
    refused = run("add", table, "--index", folder)
    assert refused.returncode == 1
    assert "--column" in refused.stderr
    columns = ("--column", "id=编号", "--column", "title=常见疑问", "--column", "body=回复")
    added = run("add", table, *columns, "--index", folder)
    assert added.stdout.startswith("added 1, updated 0, removed 0 articles\n  added: own-1\n")
    table.write_text("编号,常见疑问,回复\nown-1,花呗怎么关,先还清。\n", encoding="utf-8")
    again = run("add", table, "--index", folder)
    assert again.stdout.startswith("added 0, updated 1, removed 0 articles"), again.stderr
    # The other sources were read without; once all are read so, nothing is left to do.
    whole = ("index", FAQ, PAGE_DUMP, table, *columns, "--index", folder, "--if-stale")
    assert run(*whole).stdout.startswith("indexed 16 articles")
    assert run(*whole).stdout == ""


def test_what_changed_is_an_object_with_json(folder: Path) -> None:
    removed = json.loads(run("remove", "card-min", "--index", folder, "--json").stdout)
    assert removed["removed"] == ["card-min"]
    assert removed["published"] is True
    assert removed["counts"]["articles"] == 14
    same = json.loads(run("add", PAGE_DUMP, "--index", folder, "--json").stdout)
    assert same == {
        "index": str(folder),
        "published": False,
        "added": [],
        "updated": [],
        "removed": [],
    }


def test_a_removed_article_is_listed_and_comes_back_with_its_source(folder: Path) -> None:
    gone = run("remove", "card-min", "--index", folder)
    assert gone.stdout.startswith("added 0, updated 0, removed 1 articles\n  removed: card-min\n")
    assert f"  card-min, of {FAQ}" in run("inspect", "--index", folder).stdout
    assert run("inspect", "card-min", "--index", folder).returncode == 1
    command = ("index", FAQ, PAGE_DUMP, "--index", folder, "--if-stale")
    assert "indexed 15 articles" in run(*command).stdout
    assert run(*command).stdout == ""


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("add", "none.jsonl"), r"none\.jsonl: no such file or folder"),
        (("remove", "nowhere"), r'"nowhere": neither an article nor a source of this index.*'),
        (("remove", str(FAQ), str(PAGE_DUMP)), r"no article would be left.*"),
        (("rollback",), r"\S+: there is no build before \S+ to go back to"),
        (("rollback", "nowhere"), r"\S+: no build nowhere; 'loanfaq inspect --builds' lists .*"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_changes_nothing(
    folder: Path, command: tuple[str, ...], said: str
) -> None:
    before = IndexFolder(folder).current_id()
    failed = run(*command, "--index", folder)
    assert (failed.returncode, failed.stdout) == (1, "")
    assert re.fullmatch(f"loanfaq: {said}\n", failed.stderr), failed.stderr
    assert IndexFolder(folder).current_id() == before


@pytest.mark.parametrize("command", [("add", "-"), ("remove", "a"), ("rollback",)])
def test_without_an_index_each_says_how_to_build_one(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    failed = run(*command, "--index", tmp_path / "none", stdin="")
    assert failed.returncode == 1
    assert failed.stderr.endswith("no index here; build one with 'loanfaq index'\n")
    assert not (tmp_path / "none").exists()


def test_nothing_named_is_wrong_usage(folder: Path) -> None:
    for arguments in (("add",), ("remove",), ("inspect", "--builds", "--verify")):
        assert run(*arguments, "--index", folder).returncode == 2


def test_rollback_goes_back_and_forward_and_says_which(folder: Path) -> None:
    first = IndexFolder(folder).current_id()
    run("remove", "card-min", "--index", folder)
    second = IndexFolder(folder).current_id()
    back = run("rollback", "--index", folder)
    assert back.stdout.startswith(f"serving build {first} of ")
    assert f"'loanfaq rollback {second}'" in back.stdout
    assert run("inspect", "card-min", "--index", folder).returncode == 0
    forward = json.loads(run("rollback", second, "--index", folder, "--json").stdout)
    assert (forward["before"], forward["build_id"]) == (first, second)
    stays = run("rollback", second, "--index", folder)
    assert stays.stdout == f"build {second} is the current one already\n"


def test_builds_are_listed_with_the_current_one_marked(folder: Path) -> None:
    run("remove", "card-min", "--index", folder)
    newest, oldest = run("inspect", "--builds", "--index", folder).stdout.splitlines()
    assert re.fullmatch(r"\* \S+  \S+  14 articles  [\d,]+ bytes  current", newest)
    assert re.fullmatch(r"  \S+  \S+  15 articles  [\d,]+ bytes", oldest)
    shape = json.loads(run("inspect", "--builds", "--index", folder, "--json").stdout)
    assert [each["current"] for each in shape["builds"]] == [True, False]


def test_how_many_builds_are_kept_is_a_setting(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def kept() -> int:
        return len(list((folder / "builds").iterdir()))

    monkeypatch.setenv("LOANFAQ_KEEP_BUILDS", "3")
    for name in ("card-min", "card-limit", "car-release"):
        run("remove", name, "--index", folder)
    assert kept() == 3
    run("remove", "scam-fee", "--index", folder, "--keep", 1)
    assert kept() == 1


def test_fitting_keeps_as_many_builds_as_are_asked_for(folder: Path, tmp_path: Path) -> None:
    judged = tmp_path / "judged.jsonl"
    rows = [
        '{"query": "早点还房贷", "relevant": {"mortgage-early": 2}}',
        '{"query": "解押要带啥", "relevant": {"car-release": 2}}',
        '{"query": "放款前交保证金", "relevant": {"scam-fee": 2}}',
        '{"query": "日息万五", "relevant": {"card-limit": 2}}',
        '{"query": "西红柿炒蛋", "relevant": {}}',
        '{"query": "明天下雨吗", "relevant": {}}',
    ]
    judged.write_text("\n".join(rows), encoding="utf-8")
    fitted = run("calibrate", judged, "--index", folder, "--keep", 1)
    assert fitted.returncode == 0, fitted.stderr
    assert len(list((folder / "builds").iterdir())) == 1
    assert run("inspect", "--verify", "--index", folder).returncode == 0


def test_the_second_of_two_builders_gets_one_line_and_the_first_succeeds(folder: Path) -> None:
    """The first is made to wait in the middle; others come meanwhile."""
    code = (
        "import sys; from pathlib import Path; from indexer.store.builds import IndexFolder\n"
        "from web.cli import cli\n"
        "import indexer.write as write\n"
        "prepare = write._write_words\n"
        "def waiting(*a):\n"
        "    print('building', flush=True); sys.stdin.readline(); return prepare(*a)\n"
        "write._write_words = waiting\n"
        f"cli.main(['index', {str(FAQ)!r}, '--index', {str(folder)!r}], standalone_mode=False)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as first:
        assert first.stdin
        assert first.stdout
        assert first.stdout.readline() == "building\n"
        for command in (("index", FAQ), ("add", FAQ, PAGE_DUMP), ("rollback",)):
            second = run(*command, "--index", folder)
            assert (second.returncode, second.stdout) == (1, "")
            assert second.stderr == (
                f"loanfaq: {folder}: another build is running; wait for it to end\n"
            )
        out, _ = first.communicate("go on\n")
    assert first.returncode == 0
    assert "indexed 12 articles" in out
