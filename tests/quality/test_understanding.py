"""What is understood of questions tells near neighbours of the bundled corpus apart."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

import pytest

import data
from indexer.article import Article
from indexer.aspects import Agreement, AspectReader, Aspects, compare
from indexer.judgments import read_judgments
from indexer.lexicon import bundled_lexicon
from indexer.readers import read_sources
from indexer.reading import DEFAULTS
from indexer.text.segment import Segmenter, write_segmentation_table

# Other ways to say what a title says; the meaning stays.
_REWRITES = (
    (r"逾期一天", "晚还了1天"),
    (r"逾期三个月", "拖了90天没还"),
    (r"三个月没还", "90天没交"),
    (r"晚还一天|忘还了一天", "逾期1天"),
    (r"只借一天", "借1天"),
    (r"月息6厘", "月利率0.6%"),
    (r"年息6厘", "年利率百分之六"),
    (r"月息1分", "月利率百分之一"),
    (r"日息万二", "每天万分之二"),
    (r"日息万五", "日利率0.05%"),
    (r"30年", "360期"),
    (r"40年", "四百八十个月"),
    (r"36%", "百分之三十六"),
    (r"24%", "24个点"),
    (r"没还清", "还没还完"),
    (r"还清了|还清后|还清以后", "结清以后"),
    (r"提前(还款|还清|结清)", "早点还完"),
    (r"首套", "第一套"),
    (r"第二套房", "二套房"),
    (r"等额本金", "越还越少的还法"),
    (r"等额本息", "每月一样多地还"),
    (r"没有(营业执照|银行卡|工作)", r"没\1"),
    (r"没激活", "未激活"),
    (r"花呗", "蚂蚁花贝"),
    (r"借呗", "jiebei"),
    (r"微粒贷", "微立贷"),
    (r"微业贷", "微页贷"),
    (r"京东白条", "狗东白条"),
    (r"京东金条", "jd金条"),
    (r"网商贷", "网尚贷"),
    (r"房贷", "按揭"),
    (r"信用卡", "贷记卡"),
    (r"可以(.+)吗$", r"能不能\1"),
    (r"能(.+)吗$", r"能不能\1"),
    (r"会(.+)吗$", r"会不会\1"),
    (r"要(.+)吗$", r"要不要\1"),
)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> AspectReader:
    lexicon = bundled_lexicon()
    table = tmp_path_factory.mktemp("segmentation") / "table.trie"
    write_segmentation_table(lexicon.whole_words(), table)
    return AspectReader(Segmenter.open(table, lexicon.stopwords(), lexicon.aliases()), lexicon)


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return list(read_sources([str(data.CORPUS)], DEFAULTS, lambda _: None).articles)


@pytest.fixture(scope="module")
def about(reader: AspectReader, articles: list[Article]) -> dict[str, Aspects]:
    return {article.id: reader.read_article(article) for article in articles}


def rewritten(title: str) -> str:
    for pattern, other in _REWRITES:
        title = re.sub(pattern, other, title)
    return title


def added(agreement: Agreement) -> float:
    return agreement.product + agreement.numbers + agreement.contrasts


def pairs(articles: list[Article]) -> Iterator[tuple[Article, Article]]:
    """Articles with each other one of their family."""
    families = defaultdict(list)
    for article in articles:
        if article.family:
            families[article.family].append(article)
    for family in families.values():
        for one in family:
            yield from ((one, other) for other in family if other is not one)


def test_a_rewritten_title_agrees_with_its_own_article(
    reader: AspectReader, articles: list[Article], about: dict[str, Aspects]
) -> None:
    wrong = {
        article.title: agreement
        for article in articles
        for agreement in (compare(reader.read(rewritten(article.title)), about[article.id]),)
        if min(agreement.product, agreement.numbers, agreement.contrasts) < 0
    }
    assert wrong == {}


def test_other_wordings_put_the_right_neighbour_first(
    reader: AspectReader, articles: list[Article], about: dict[str, Aspects]
) -> None:
    """Of the pairs that are told apart nearly all are told apart rightly, and most are."""
    right = wrong = alike = 0
    for article, neighbour in pairs(articles):
        question = rewritten(article.title)
        if question == article.title:
            continue
        asked = reader.read(question)
        own = added(compare(asked, about[article.id]))
        other = added(compare(asked, about[neighbour.id]))
        right, wrong, alike = right + (own > other), wrong + (own < other), alike + (own == other)
    assert right + wrong + alike > 400
    assert wrong / (right + wrong) <= 0.01, (right, wrong, alike)
    assert right / (right + wrong + alike) >= 0.75, (right, wrong, alike)


@pytest.mark.parametrize("split", ["train", "dev"])
def test_the_right_article_is_hardly_ever_spoken_against(
    split: str, reader: AspectReader, about: dict[str, Aspects]
) -> None:
    agreements = [
        compare(reader.read(judgment.query), about[article])
        for judgment in read_judgments(data.JUDGMENTS / f"{split}.jsonl")
        for article in judgment.best
    ]
    for part in ("product", "numbers", "contrasts"):
        against = sum(getattr(each, part) < 0 for each in agreements)
        assert against / len(agreements) <= 0.015, part
