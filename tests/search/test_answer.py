"""Which passage answers, and what is marked in it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.article import Passage, PassageKind
from indexer.errors import ArticleNotFoundError
from indexer.store.builds import read_current
from indexer.store.passage_words import cut_passages
from indexer.store.segmentation import open_segmenter
from search.answer import make_answer, merge_spans
from search.engine import SearchEngine
from search.passage.choice import Choice, choose_passage
from search.passage.features import Evidence
from search.passage.shown import explain_choice
from search.passage.wanted import Wanted
from search.query import Query
from search.reading import QuestionReader
from search.response import Answer

# HuaBei in full width.
WIDE = "".join(chr(ord(char) + 0xFEE0) for char in "HuaBei")

TITLE = "房贷提前还款"
LEAD = "可以提前还，先预约。"
CAUSES = "不让还的原因：\n没有预约。\n还款不满一年。"
STEPS = "按步骤办理：\n打电话预约。\n存够钱。"
FEE = "违约金。头几年收一个月利息，约3000元。"


class Article:
    """An article cut with the words of a real build."""

    def __init__(self, index_folder: Path) -> None:
        """Take the index to cut as."""
        self._segmenter = open_segmenter(read_current(index_folder)[0])
        self._reader = QuestionReader(self._segmenter, {"还不上": ("逾期",)})

    def wanted(self, question: str) -> Wanted:
        return self._reader.read(question).wanted

    def evidence(
        self, text: str, kind: PassageKind = "paragraph", heading: str = "", cosine: float = 0.5
    ) -> Evidence:
        passage = Passage(0, kind, "s1-1", heading, text, 0, len(text))
        return Evidence(passage, cosine, next(cut_passages([passage], self._segmenter)))

    def choose(self, question: str, nearest: str = "") -> Choice:
        """The choice among the passages; all are equally near but the nearest."""

        def near(text: str) -> float:
            return 0.9 if text == nearest else 0.5

        body = [
            self.evidence(LEAD, "lead", cosine=near(LEAD)),
            self.evidence(CAUSES, heading="还不了的原因", cosine=near(CAUSES)),
            self.evidence(STEPS, heading="怎么办理", cosine=near(STEPS)),
            self.evidence(FEE, "item", "怎么办理", cosine=near(FEE)),
        ]
        title = self.evidence(TITLE, "title")
        return choose_passage(self.wanted(question), title, dict(enumerate(body, start=1)))

    def answer(self, question: str, text: str) -> Answer:
        evidence = self.evidence(text)
        return make_answer(evidence.passage, evidence.words, self.wanted(question).marked())

    def marked(self, question: str, text: str) -> list[str]:
        return [text[start:end] for start, end in self.answer(question, text).highlights]


@pytest.fixture(scope="module")
def article(index_folder: Path) -> Article:
    return Article(index_folder)


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("房贷能提前还吗", 1),
        ("房贷提前还款是什么意思", 1),
        ("房贷 提前还款", 1),
        ("房贷为什么不让提前还款", 2),
        ("房贷提前还款怎么办理", 3),
    ],
)
def test_the_lead_says_whether_a_list_says_why_or_how(
    article: Article, question: str, row: int
) -> None:
    assert article.choose(question).chosen.row == row


def test_a_passage_on_what_the_title_leaves_open_answers(article: Article) -> None:
    choice = article.choose("提前还房贷违约金多少")
    assert choice.chosen.row == 4
    assert (choice.asked, choice.told, choice.lead_told) == (("违约金", "违约"), ("违约金",), ())
    assert explain_choice(choice).reason in ("fits", "tells_more")


def test_a_passage_that_is_much_nearer_answers(article: Article) -> None:
    choice = article.choose("这笔钱行得通", nearest=STEPS)
    assert choice.chosen.row == 3
    assert explain_choice(choice).reason == "near"


def test_of_what_is_hardly_better_the_lead_is_shown(article: Article) -> None:
    choice = article.choose("房贷能提前还吗", nearest=LEAD)
    assert choice.chosen is choice.lead
    assert explain_choice(choice).reason == "lead"


def test_the_terms_add_up_to_the_scores(article: Article) -> None:
    shown = explain_choice(article.choose("房贷为什么不让提前还款"))
    assert sum(term.value for term in shown.terms) == pytest.approx(shown.score)
    assert sum(term.lead_value for term in shown.terms) == pytest.approx(shown.lead_score)
    assert shown.score > shown.lead_score


def test_an_article_of_nothing_but_a_title_says_so() -> None:
    assert explain_choice(None).reason == "only_title"


def test_one_article_answers_wherever_it_is_ranked(engine: SearchEngine) -> None:
    query = Query.parse("提前还房贷要收违约金吗")
    shown = {hit.id: hit.answer for hit in engine.search(query).hits}
    assert shown["mortgage-early"] == engine.answer(query, "mortgage-early")
    with pytest.raises(ArticleNotFoundError, match="no-such-article"):
        engine.answer(query, "no-such-article")


def test_a_synonym_is_marked(article: Article) -> None:
    assert article.marked("借呗还不上", "逾期以后先协商。") == ["逾期"]


def test_an_alias_and_traditional_characters_are_marked_as_they_are_written(
    article: Article,
) -> None:
    assert article.marked("花呗逾期", f"蚂蚁花呗、{WIDE}都會逾期。") == [
        "蚂蚁花呗",
        WIDE,
        "逾期",
    ]


def test_words_are_marked_whole(article: Article) -> None:
    assert article.marked("晚还一天", "没有统一天数，晚一天也算。") == ["一天"]


def test_what_is_denied_is_not_marked_for_who_did_not_deny_it(article: Article) -> None:
    assert article.marked("逾期的原因", "没有逾期，或者逾期不久。") == ["逾期"]
    assert article.answer("逾期的原因", "没有逾期，或者逾期不久。").highlights == ((7, 9),)
    assert article.marked("会逾期吗", "没有逾期") == ["逾期"]


def test_words_that_ask_and_single_characters_are_not_marked(article: Article) -> None:
    assert article.marked("要多少钱，怎么还", "多少钱要看怎么还。") == []


def test_marks_that_touch_or_overlap_become_one() -> None:
    assert merge_spans([(4, 6), (0, 2), (2, 3), (5, 9), (0, 1)]) == ((0, 3), (4, 9))


PIECES = st.sampled_from(
    [
        "花呗",
        "蚂蚁花呗",
        "huabei",
        "逾期",
        "逾期費",
        "没有",
        "不",
        "，",
        " ",
        "㍿",
        "\u200b",
        "😀",
        "\n",
    ]
)


@given(st.lists(PIECES, max_size=15).map("".join))
def test_marks_are_ascending_and_apart_and_cover_whole_words(article: Article, text: str) -> None:
    spans = article.answer("花呗会逾期吗", text).highlights
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] < other[0] for one, other in pairwise(spans))
    covered = {at for start, end in spans for at in range(start, end)}
    for word in ("蚂蚁花呗", "逾期"):
        places = [at for at in range(len(text)) if text.startswith(word, at)]
        assert all(len(covered & set(range(at, at + len(word)))) in (0, len(word)) for at in places)
