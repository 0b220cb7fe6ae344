"""What sites paste around articles goes; advice stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.article import Article, Block, Section
from indexer.boilerplate import Boilerplate, Cleaner
from indexer.errors import SourceError
from indexer.lexicon import Lexicon, bundled_lexicon
from indexer.store.entries import BoilerplateEntry, BoilerplateForm

TITLE = "白条可以晚几天还吗?"


def clean(*paragraphs: str, title: str = TITLE) -> list[str]:
    article = Article("a", title, (Section("", tuple(Block("paragraph", p) for p in paragraphs)),))
    cleaned = Cleaner(Boilerplate.of(bundled_lexicon())).clean(article)
    return [placed.block.text for placed in cleaned.placed_blocks()]


@pytest.mark.parametrize(
    "greeting",
    [
        "大家好，贷款小编来为大家解答以上的问题。",
        "各位朋友好，我是本站的编辑。",
        f"{TITLE}这个问题很多人还不知道，现在就跟我一起来看看吧。",
        f"关于{TITLE}很多人不清楚。",
        "现在让我们一起来看看吧！",
        "下面就带大家一起了解一下。",
    ],
)
def test_a_greeting_goes_from_the_opening(greeting: str) -> None:
    assert clean(greeting + "晚还会算逾期。", "尽快还清。") == ["晚还会算逾期。", "尽快还清。"]


@pytest.mark.parametrize(
    "closing",
    [
        f"以上就是关于“{TITLE}”的相关回答，希望对大家有所帮助。",
        f"以上内容就是{TITLE}的全部介绍。",
        "希望以上内容能够对您有所帮助！",
    ],
)
def test_a_closing_line_goes_from_the_end(closing: str) -> None:
    assert clean("晚还会算逾期。", "尽快还清。" + closing) == ["晚还会算逾期。", "尽快还清。"]
    assert clean("晚还会算逾期。", closing) == ["晚还会算逾期。"]


def test_the_same_sentence_in_the_middle_stays() -> None:
    middle = "现在让我们一起来看看吧！"
    assert clean("晚还会算逾期。", middle, "尽快还清。") == ["晚还会算逾期。", middle, "尽快还清。"]


def test_an_answer_in_one_sentence_with_a_greeting_stays() -> None:
    opening = f"{TITLE}这个问题很多人还不知道，晚一天也会算逾期。"
    assert clean(opening, "尽快还清。") == [opening, "尽快还清。"]


def test_an_answer_that_only_begins_like_a_greeting_stays() -> None:
    answer = "希望提前还款的人先看合同，看清违约金怎么收。"
    assert clean(answer, answer) == [answer, answer]


def test_what_was_taken_away_is_counted_with_the_title_masked() -> None:
    cleaner = Cleaner(Boilerplate.of(bundled_lexicon()))
    for title in ("甲能还吗", "乙能还吗"):
        text = f"{title}这个问题很多人还不知道。能。"
        cleaner.clean(Article(title, title, (Section("", (Block("paragraph", text),)),)))
    form = BoilerplateForm("…这个问题很多人还不知道。", "opening", "known", 2)
    assert cleaner.report() == BoilerplateEntry(2, 2, (form,))


def test_an_article_of_nothing_but_boilerplate_stays_whole() -> None:
    for whole in (["大家好，小编来解答。"], ["大家好，小编来解答。", "希望对大家有帮助。"]):
        assert clean(*whole) == whole


def test_what_is_kept_is_kept_to_the_letter() -> None:
    opening = "白条可以晚几天还吗这个问题很多人还不知道。白条可以晚几天还吗主要看合同。"
    assert clean(opening, "尽快还清。") == ["白条可以晚几天还吗主要看合同。", "尽快还清。"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [("opening: (", "no regular expression"), ("middle: a", 'write "opening: REGEX"')],
)
def test_a_broken_form_is_named(tmp_path: Path, line: str, problem: str) -> None:
    (tmp_path / "boilerplate.txt").write_text(f"# forms\n{line}\n", encoding="utf-8")
    with pytest.raises(SourceError, match=f"boilerplate.txt:2: {problem}"):
        Boilerplate.of(Lexicon(tmp_path))
