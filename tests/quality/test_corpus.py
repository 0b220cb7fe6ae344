"""The form of the bundled corpus. Whether it is true, its reviewers answer for."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest
import yaml

import data
from indexer.article import Article, question_key
from indexer.boilerplate import Boilerplate, Cleaner, learn
from indexer.lexicon import bundled_lexicon
from indexer.readers.markdown import read_markdown

# fmt: off
CATEGORIES = [
    "花呗", "借呗", "网商贷", "微粒贷", "京东白条", "其他平台", "信用卡", "房贷", "公积金贷款",
    "车贷", "助学贷款", "经营贷", "农户贷款", "抵押与质押", "征信", "逾期与催收", "利率与还款",
    "申请与审核", "额度", "还款方式", "担保与共同借款", "诈骗与违规", "法律与权利",
]
# fmt: on
SAMPLE_QUESTIONS = [
    "花呗无法使用是为什么",
    "网商贷怎么提额度快",
    "微粒贷是直接放款到微信吗",
    "如何查自己还有多少房贷没还",
    "去当兵了网贷没还完怎么办",
    "微粒贷逾期一天还款会有影响吗",
    "征信搞花了银行能审核通过吗",
    "网上申请车辆解除抵押怎么操作",
    "买房贷款利率可以申请调整吗",
    "网上小额贷款没有银行卡能贷款吗",
    "花呗封停了通过付款码还能使用吗",
]
# Entries of the editors' fact sheet; CALC stands for its tables of conversions.
FACTS = {"CALC"} | set(
    re.findall(
        r"^- ([A-N]\d\d) ", (data.CORPUS.parent / "facts.md").read_text("utf-8"), re.MULTILINE
    )
)
FILES = sorted(data.CORPUS.glob("*.md"))


def front_matter(file: Path) -> dict[str, object]:
    values = yaml.safe_load(file.read_text(encoding="utf-8").split("---\n")[1])
    assert isinstance(values, dict)
    return values


def read(file: Path) -> Article:
    return read_markdown(file.read_text(encoding="utf-8"), file.name)


ARTICLES = [read(file) for file in FILES]


def test_there_are_at_least_sixty_and_the_sample_questions_among_them() -> None:
    assert len(ARTICLES) >= 60
    assert set(SAMPLE_QUESTIONS) <= {article.title for article in ARTICLES}
    assert {article.category for article in ARTICLES} == set(CATEGORIES)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.stem))
def test_an_article_has_its_form(file: Path) -> None:
    article, values = read(file), front_matter(file)
    assert set(values) == {
        "id", "title", "category", "published", "as_of", "tags", "family", "facts", "asked",
    }  # fmt: skip
    assert article.id == file.stem
    assert article.category in CATEGORIES
    assert article.published is not None
    assert re.fullmatch(r"20\d\d-\d\d", article.as_of)
    assert 2 <= len(article.tags) <= 5
    facts = values["facts"]
    assert isinstance(facts, list)
    assert set(facts) <= FACTS
    headed = [section for section in article.sections if section.heading]
    assert 2 <= len(headed) <= 4
    assert article.sections[0].heading == ""
    assert any(3 <= sum(b.kind == "item" for b in section.blocks) <= 7 for section in headed)
    assert 250 <= len(re.findall(r"[\u4e00-\u9fff]", article.text)) <= 900


def test_titles_ids_and_first_words_are_unique() -> None:
    for key in (
        [article.id for article in ARTICLES],
        [article.title for article in ARTICLES],
        [article.text[:10] for article in ARTICLES],
    ):
        assert len(set(key)) == len(key)


def test_no_two_titles_are_nearly_the_same_outside_a_family() -> None:
    families = {file.stem: front_matter(file)["family"] for file in FILES}
    for one, other in combinations(ARTICLES, 2):
        if not families[one.id] or families[one.id] != families[other.id]:
            ratio = difflib.SequenceMatcher(None, one.title, other.title).ratio()
            assert ratio <= 0.85, (one.title, other.title)


def test_every_article_is_asked_in_other_words_and_no_two_in_the_same() -> None:
    assert min(len(article.asked) for article in ARTICLES) >= 8
    questions = [
        question_key(each) for article in ARTICLES for each in (article.title, *article.asked)
    ]
    assert len(set(questions)) == len(questions)


def test_no_two_bodies_are_nearly_the_same() -> None:
    pieces = {
        article.id: {article.text[at : at + 5] for at in range(len(article.text) - 4)}
        for article in ARTICLES
    }
    for one, other in combinations(pieces, 2):
        shared = len(pieces[one] & pieces[other])
        # Of all five-character pieces of the two (Jaccard), a fifth is far too much.
        assert shared < 0.2 * len(pieces[one] | pieces[other]), (one, other)


def test_no_sentence_recurs_across_articles() -> None:
    seen = defaultdict(set)
    for article in ARTICLES:
        for sentence in re.split(r"[。！？\n]", article.text):
            if len(sentence) >= 12:
                seen[sentence].add(article.id)
    assert {sentence: ids for sentence, ids in seen.items() if len(ids) > 1} == {}


def test_nothing_of_the_corpus_is_taken_for_boilerplate() -> None:
    cleaner = Cleaner(learn(ARTICLES, Boilerplate.of(bundled_lexicon())))
    assert [cleaner.clean(article) for article in ARTICLES] == ARTICLES
