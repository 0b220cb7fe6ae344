"""The command line as a person uses it: a process, its output, its exit status."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import data
from tests.conftest import FAQ, PAGE_DUMP

LOANFAQ = Path(sys.executable).with_name("loanfaq")


def run(
    *arguments: object, stdin: str | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(LOANFAQ), *map(str, arguments)],
        capture_output=True,
        text=True,
        input=stdin,
        cwd=cwd,
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )


def test_index_then_search_prints_a_ranked_list(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    built = run("index", FAQ, PAGE_DUMP, "--index", folder)
    assert built.returncode == 0, built.stderr
    assert "indexed 15 articles (2 excerpts)" in built.stdout
    assert built.stderr == ""  # no progress bar where nobody looks at a terminal
    found = run("search", "提前还房贷", "要违约金吗", "--index", folder, "-k", 2)
    assert found.returncode == 0
    assert re.search(r"^ 1\. 房贷提前还款划算吗$", found.stdout, re.MULTILINE)
    assert "先算三笔账：违约金。" in found.stdout
    assert len(re.findall(r"^ ?\d+\. ", found.stdout, re.MULTILINE)) == 2


def test_json_is_the_object_of_the_endpoint(index_folder: Path) -> None:
    found = run("search", "房贷提前还款", "--index", index_folder, "--json")
    shape = json.loads(found.stdout)
    assert shape["query"] == "房贷提前还款"
    assert shape["hits"][0]["id"] == "mortgage-early"


def test_questions_are_read_line_by_line(index_folder: Path) -> None:
    asked = "房贷提前还款\n\n😭\n征信报告怎么查\n"
    found = run("search", "--index", index_folder, "--json", stdin=asked)
    lines = [json.loads(line) for line in found.stdout.splitlines()]
    assert [line.get("query") for line in lines] == ["房贷提前还款", None, None, "征信报告怎么查"]
    assert lines[1]["error"]["code"] == "query_empty"
    assert lines[2]["error"]["code"] == "query_without_words"
    readable = run("search", "--index", index_folder, stdin=asked)
    assert readable.returncode == 0
    assert readable.stdout.count(" 1. ") == 2
    assert "没有看到文字" in readable.stdout


@pytest.mark.parametrize("question", ["", "   ", "\x07", "😭", "贷" * 251])
def test_a_question_that_cannot_be_answered_gets_a_clear_word(
    index_folder: Path, question: str
) -> None:
    found = run("search", question, "--index", index_folder)
    assert found.returncode == 2
    assert "Traceback" not in found.stderr
    assert re.search(r"Error: .*(请输入|没有看到文字|问题太长)", found.stderr)


def test_a_source_at_fault_is_named_and_no_index_touched(tmp_path: Path) -> None:
    bad = tmp_path / "faq.jsonl"
    bad.write_text('{"title": "问", "body": "答"}\n{"body": "答"}\n', encoding="utf-8")
    folder = tmp_path / "index"
    failed = run("index", bad, "--index", folder)
    assert failed.returncode == 1
    assert f'{bad}:2: missing "title"' in failed.stderr
    assert "--skip-bad" in failed.stderr
    assert not folder.exists()
    skipped = run("index", bad, "--index", folder, "--skip-bad")
    assert skipped.returncode == 0
    assert f'skipped {bad}:2: missing "title"' in skipped.stderr
    assert "skipped 1 that could not be read" in skipped.stdout


@pytest.mark.parametrize(
    ("name", "problem"),
    [("missing.jsonl", "no such file or folder"), ("page.pdf", "unknown kind of file")],
)
def test_a_source_that_cannot_be_read_is_named(tmp_path: Path, name: str, problem: str) -> None:
    (tmp_path / "page.pdf").write_bytes(b"%PDF")
    failed = run("index", tmp_path / name, "--index", tmp_path / "index")
    assert (failed.returncode, failed.stdout) == (1, "")
    assert failed.stderr.startswith(f"loanfaq: {tmp_path / name}: {problem}")
    assert failed.stderr.count("\n") == 1


def test_a_file_that_is_not_utf8_is_named_with_its_line(tmp_path: Path) -> None:
    source = tmp_path / "faq.jsonl"
    source.write_bytes(b'{"title": "a", "body": "b"}\n' + "贷款".encode("gb18030"))
    failed = run("index", source, "--index", tmp_path / "index")
    assert failed.returncode == 1
    assert f"{source}:2: not UTF-8 text" in failed.stderr


def test_standard_input_is_a_source(tmp_path: Path) -> None:
    line = '{"title": "花呗怎么还", "body": "在账单页还。"}\n'
    built = run("index", "-", "--index", tmp_path / "index", stdin=line)
    assert "indexed 1 articles" in built.stdout
    broken = run("index", "-", "--index", tmp_path / "index", stdin="{")
    assert broken.stderr.startswith("loanfaq: <stdin>:1: not JSON")


def test_if_stale_builds_only_when_something_changed(tmp_path: Path) -> None:
    source = tmp_path / "faq.jsonl"
    source.write_text('{"title": "花呗怎么还", "body": "在账单页还。"}\n', encoding="utf-8")
    command = ("index", source, "--index", tmp_path / "index", "--if-stale")
    assert "indexed 1 articles" in run(*command).stdout
    assert run(*command).stdout == ""
    source.write_text('{"title": "花呗怎么还", "body": "在账单页提前还。"}\n', encoding="utf-8")
    assert "indexed 1 articles" in run(*command).stdout


def test_the_bundled_corpus_never_replaces_another_index_unasked(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    run("index", FAQ, "--index", folder)
    refused = run("index", "--index", folder)
    assert refused.returncode == 1
    assert f"built from {FAQ}" in refused.stderr
    assert "--replace" in refused.stderr
    replacing = ("index", "--without-asked", "--index", folder, "--replace")
    assert run(*replacing).returncode == 0


def test_inspect_shows_the_index_and_an_article(index_folder: Path) -> None:
    overview = run("inspect", "--index", index_folder, "--verify")
    assert overview.returncode == 0
    for part in ("15, of them 2 excerpts", "256 dimensions", "every file is as written", "小编"):
        assert part in overview.stdout
    article = run("inspect", "car-release", "--index", index_folder)
    assert "s1-1" in article.stdout
    assert "解除抵押 / " in article.stdout
    assert json.loads(run("inspect", "--index", index_folder, "--json").stdout)["counts"]
    detail = json.loads(run("inspect", "car-release", "--index", index_folder, "--json").stdout)
    assert detail["passages"][0]["kind"] == "title"


def test_related_lists_other_articles(index_folder: Path) -> None:
    related = run("related", "mortgage-early", "--index", index_folder, "--json", "-k", 3)
    shape = json.loads(related.stdout)
    assert shape["id"] == "mortgage-early"
    assert len(shape["related"]) == 3
    assert run("related", "mortgage-early", "--index", index_folder).stdout.count("\n") == 20


@pytest.mark.parametrize("command", ["inspect", "related"])
def test_an_unknown_article_is_one_clear_line(index_folder: Path, command: str) -> None:
    failed = run(command, "nowhere", "--index", index_folder)
    assert failed.returncode == 1
    assert failed.stderr == 'loanfaq: no article has the id "nowhere"\n'


@pytest.mark.parametrize(
    "command", [("search", "花呗"), ("related", "a"), ("inspect",), ("evaluate",)]
)
def test_without_an_index_every_command_says_how_to_build_one(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    failed = run(*command, "--index", tmp_path)
    assert failed.returncode == 1
    assert failed.stderr == (
        f"loanfaq: {tmp_path}: no index here; build one with 'loanfaq index'\n"
    )


def test_evaluate_prints_the_table(index_folder: Path, tmp_path: Path) -> None:
    judged = tmp_path / "judged.jsonl"
    judged.write_text(
        '{"query": "提前还房贷", "relevant": {"mortgage-early": 2}}\n', encoding="utf-8"
    )
    report = run("evaluate", judged, "--index", index_folder)
    assert report.returncode == 0, report.stderr
    assert re.search(r"^both +1 +1\.000 +1\.000 +1\.000 +1\.000$", report.stdout, re.MULTILINE)
    shape = json.loads(run("evaluate", judged, "--index", index_folder, "--json").stdout)
    assert shape["modes"]["hybrid"]["hit_at_1"] == 1
    judged.write_text("{\n", encoding="utf-8")
    broken = run("evaluate", judged, "--index", index_folder)
    assert broken.stderr.startswith(f"loanfaq: {judged}:1: not JSON")


def test_evaluate_tells_how_often_the_right_passage_is_shown(
    index_folder: Path, tmp_path: Path
) -> None:
    judged, passages = tmp_path / "judged.jsonl", tmp_path / "passages.jsonl"
    judged.write_text(
        '{"query": "提前还房贷", "relevant": {"mortgage-early": 2}}\n', encoding="utf-8"
    )
    passages.write_text(
        '{"query": "房贷提前还款划算吗", "article": "mortgage-early", "passages": {"s0-1": 2}}\n',
        encoding="utf-8",
    )
    asked = ("evaluate", judged, "--passages", passages, "--index", index_folder)
    assert "passage shown, dev: right 1 of 1 (best 1, acceptable 0)\n" in run(*asked).stdout
    shape = json.loads(run(*asked, "--json").stdout)
    assert shape["passages"]["dev"]["right"] == 1
    passages.write_text('{"query": "问"}\n', encoding="utf-8")
    assert run(*asked).stderr.startswith(f'loanfaq: {passages}:1: missing "article"')


def test_wrong_usage_ends_with_2() -> None:
    for arguments in (("nonsense",), ("search", "--mode", "magic", "x"), ("related",)):
        assert run(*arguments).returncode == 2


def test_help_loads_without_an_index() -> None:
    for command in ("index", "inspect", "search", "related", "evaluate", "serve", "train"):
        shown = run(command, "--help")
        assert shown.returncode == 0
        assert shown.stdout.startswith(f"Usage: loanfaq {command}")


def test_output_cut_off_by_its_reader_is_no_traceback(index_folder: Path) -> None:
    piped = f"{LOANFAQ} inspect --index {index_folder} | head -n 1"
    done = subprocess.run(["sh", "-c", piped], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("index ")
    assert done.stderr == ""


def test_nothing_found_ends_with_1(index_folder: Path) -> None:
    found = run("search", "zxqv wkjp", "--index", index_folder)
    assert found.returncode == 1
    assert found.stdout.startswith("没有找到能回答这个问题的内容。\n可以换个说法再问")


def test_a_broken_lexicon_is_refused_before_anything_is_published(tmp_path: Path) -> None:
    lexicon = tmp_path / "lexicon"
    shutil.copytree(data.LEXICON, lexicon)
    (lexicon / "risk.ini").write_text("[套现]\nterms = 套现\n", encoding="utf-8")
    failed = run("index", FAQ, "--index", tmp_path / "index", "--lexicon", lexicon)
    assert failed.returncode == 1
    assert "risk.ini: each section needs terms and notice" in failed.stderr
    assert not (tmp_path / "index").exists()


def test_a_model_folder_named_from_here_is_found_from_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "model").symlink_to(data.MODEL)
    built = run("index", FAQ, "--index", "index", "--model", "model", cwd=tmp_path)
    assert built.returncode == 0, built.stderr
    asked = run("search", "房贷提前还款", "--index", tmp_path / "index", cwd=tmp_path.parent)
    assert asked.returncode == 0, asked.stderr


def test_an_unreadable_index_is_not_replaced_by_the_bundled_corpus(tmp_path: Path) -> None:
    run("index", FAQ, "--index", tmp_path)
    [manifest] = tmp_path.glob("builds/*/manifest.json")
    manifest.write_text("{", encoding="utf-8")
    refused = run("index", "--index", tmp_path)
    assert refused.returncode == 1
    assert "name the sources to index" in refused.stderr


def test_questions_judged_on_another_collection_are_refused(index_folder: Path) -> None:
    failed = run("evaluate", "--index", index_folder)
    assert failed.returncode == 1
    assert "none of the judged articles is in this index" in failed.stderr


def test_a_question_that_touches_fraud_is_warned_on_the_terminal(index_folder: Path) -> None:
    found = run("search", "放款前要先交解冻费", "--index", index_folder)
    assert found.stdout.startswith("注意：")


def test_index_says_how_many_sentences_it_took_away_and_inspect_lists_them(tmp_path: Path) -> None:
    built = run("index", PAGE_DUMP, "--index", tmp_path)
    told = re.search(r"took away (\d+) pasted sentences from (\d+) articles", built.stdout)
    assert told is not None
    listed = json.loads(run("inspect", "--index", tmp_path, "--json").stdout)["boilerplate"]
    assert (listed["sentences"], listed["articles"]) == (int(told[1]), int(told[2]))
    assert sum(form["count"] for form in listed["forms"]) == listed["sentences"]
    shown = run("inspect", "--index", tmp_path).stdout
    for form in listed["forms"]:
        line = f"{form['count']} × {form['place']}, {form['evidence']}: {form['form']}"
        assert line in shown
