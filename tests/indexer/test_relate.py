"""Related articles: near, different from one another, never the article itself or a copy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from indexer.article import Article, Passage
from indexer.aspects import AspectReader
from indexer.diversity import maximal_marginal_relevance
from indexer.lexicon import bundled_lexicon
from indexer.near_duplicates import Cluster, Copy
from indexer.near_duplicates.compare import Likeness
from indexer.reasons import Reasons, RelatedReason
from indexer.relate import article_vectors, relate
from indexer.text.segment import Segmenter, write_segmentation_table

ALIKE = Likeness(1, 1)
ReasonsOf = Callable[..., Reasons]


@pytest.fixture(scope="module")
def reasons_of(tmp_path_factory: pytest.TempPathFactory) -> ReasonsOf:
    """Reasons among articles of some titles, by the bundled lexicon."""
    lexicon = bundled_lexicon()
    table = Path(tmp_path_factory.mktemp("words")) / "words.trie"
    write_segmentation_table(lexicon.whole_words(), table)
    segmenter = Segmenter.open(table, lexicon.stopwords(), lexicon.aliases())
    reader = AspectReader(segmenter, lexicon)

    def of(*titles: str, tags: dict[str, tuple[str, ...]] | None = None) -> Reasons:
        articles = [Article(title, title, (), tags=(tags or {}).get(title, ())) for title in titles]
        aspects = [reader.read_article(article) for article in articles]
        return Reasons(articles, aspects, segmenter, lexicon)

    return of


def rows_of(
    vectors: np.ndarray, reasons: Reasons, *clusters: Cluster, k: int = 10
) -> list[list[int]]:
    return [[each.row for each in rows] for rows in relate(vectors, clusters, reasons, k)]


def test_the_nearest_other_comes_first(reasons_of: ReasonsOf) -> None:
    vectors = np.array([[1, 0], [0.8, 0.6], [0, 1]], dtype=np.float32)
    related = relate(vectors, [], reasons_of("甲", "乙", "丙"))
    found = [[(each.row, round(each.score, 4), each.reason) for each in rows] for rows in related]
    assert found == [
        [(1, 0.8, "related"), (2, 0.0, "related")],
        [(0, 0.8, "related"), (2, 0.6, "related")],
        [(1, 0.6, "related"), (0, 0.0, "related")],
    ]


def test_what_says_the_same_is_listed_once_and_never_beside_itself(reasons_of: ReasonsOf) -> None:
    vectors = np.array([[1, 0], [1, 0], [0.8, 0.6], [0.8, 0.6], [0, 1]], dtype=np.float32)
    clusters = (Cluster(1, (Copy(0, ALIKE),)), Cluster(2, (Copy(3, ALIKE),)))
    found = rows_of(vectors, reasons_of(*"甲乙丙丁戊"), *clusters)
    assert [sorted(rows) for rows in found] == [[2, 4], [2, 4], [1, 4], [1, 4], [1, 2]]


@pytest.mark.parametrize("articles", [0, 1, 2, 5])
def test_a_tiny_collection_lists_all_others_once(articles: int, reasons_of: ReasonsOf) -> None:
    titles = ["花呗会上征信吗", "借呗会上征信吗", "房贷怎么提前还", "征信怎么查", "车贷逾期"][
        :articles
    ]
    vectors = np.eye(max(articles, 1), 8, dtype=np.float32)[:articles]
    found = rows_of(vectors, reasons_of(*titles))
    assert [sorted(rows) for rows in found] == [
        [other for other in range(articles) if other != row] for row in range(articles)
    ]


def test_an_article_is_its_title_and_the_mean_of_its_body_however_it_is_asked() -> None:
    passages = [
        Passage(0, "title", "", "", "", 0, 0),
        Passage(0, "asked", "", "", "", 0, 0),
        Passage(0, "lead", "s0-1", "", "", 0, 0),
        Passage(0, "item", "s0-2", "", "", 0, 0),
    ]
    vectors = np.array([[1, 0], [-1, 0], [0, 1], [0, 1]], dtype=np.float32)
    expected = np.array([[1, 1]]) / np.sqrt(2)
    np.testing.assert_allclose(article_vectors(vectors, passages, 1), expected, rtol=1e-6)


@settings(deadline=None)
@given(
    arrays(
        np.float32, st.tuples(st.integers(1, 20), st.just(3)), elements=st.floats(-1, 1, width=32)
    )
)
def test_never_itself_never_twice_never_more_than_asked(vectors: np.ndarray) -> None:
    for row, others in enumerate(relate(vectors, [], _NoReasons(), k=5)):
        rows = [other.row for other in others]
        assert row not in rows
        assert len(rows) == len(set(rows)) == min(5, len(vectors) - 1)
        assert all(0 <= other.score <= 1 for other in others)


class _NoReasons(Reasons):
    """Of articles that have nothing in common."""

    def __init__(self) -> None:
        """Read nothing."""

    def reason(self, row: int, other: int, cosine: float) -> RelatedReason:
        """Nothing can be said."""
        return "related"


def test_marginal_relevance_is_relevance_less_the_nearest_chosen() -> None:
    relevance = np.array([0.9, 0.8, 0.5], dtype=np.float32)
    similarities = np.array([[1, 0.9, 0.1], [0.9, 1, 0.2], [0.1, 0.2, 1]], dtype=np.float32)
    # After 0: 0.5 * 0.8 - 0.5 * 0.9 = -0.05 for 1, 0.5 * 0.5 - 0.5 * 0.1 = 0.2 for 2.
    assert maximal_marginal_relevance(relevance, similarities, 3, 0.5) == [0, 2, 1]
    assert maximal_marginal_relevance(relevance, similarities, 2, 1.0) == [0, 1]
    assert maximal_marginal_relevance(relevance[:0], similarities[:0, :0], 3, 0.5) == []


@pytest.mark.parametrize(
    ("title", "other", "reason"),
    [
        ("花呗会上征信吗", "花呗怎么关闭", "same_product"),
        ("花呗会上征信吗", "蚂蚁花呗可以提现吗", "same_product"),
        ("花呗逾期一天会怎么样", "借呗逾期一天会有影响吗", "same_problem"),
        ("花呗会上征信吗", "借呗会上征信吗", "same_problem"),
        ("花呗逾期三个月会怎么样", "网贷逾期被起诉了怎么办", "next_step"),
        ("网贷还清后怎么开结清证明", "贷款还清后征信多久会更新", "next_step"),
        # Another product's next step is not this one's.
        ("房贷连续三个月没还会怎么样", "花呗逾期被起诉了怎么办", "related"),
        ("贷款还清了能要求删除个人信息吗", "车贷还清后怎么拿回大绿本", "related"),
        # Two platforms' loans are both 网贷, and not one product.
        ("网贷一个人最多能借多少钱", "网贷合同里的担保费必须交吗", "related"),
        ("微信里的微粒贷怎么开通", "微信支付分付逾期", "related"),
        # 提前还 and 逾期 are opposed.
        ("花呗可以提前还款吗", "借呗逾期还款会怎样", "related"),
        ("美团月付和美团借钱有什么区别", "抵押和质押有什么区别", "related"),
    ],
)
def test_a_reason_is_given_where_it_holds(
    title: str, other: str, reason: str, reasons_of: ReasonsOf
) -> None:
    reasons = reasons_of(title, other, "公积金怎么提取", "征信报告怎么查", "套路贷是什么")
    assert reasons.reason(0, 1, 0.6) == reason


def test_tags_that_few_articles_have_tell_a_problem(reasons_of: ReasonsOf) -> None:
    titles = ("老公的债老婆要还吗", "离婚以后前夫欠钱谁还", "怎么查信用报告")
    tags = dict.fromkeys(titles[:2], ("夫妻共同债务", "离婚"))
    assert reasons_of(*titles, tags=tags).reason(0, 1, 0.6) == "same_problem"
    assert reasons_of(*titles).reason(0, 1, 0.6) == "related"


def test_far_apart_only_the_product_is_said(reasons_of: ReasonsOf) -> None:
    reasons = reasons_of("花呗逾期三个月会怎么样", "网贷逾期被起诉了怎么办", "花呗怎么关闭")
    assert reasons.reason(0, 1, 0.1) == "related"
    assert reasons.reason(0, 2, 0.1) == "same_product"


def test_a_lexicon_without_stages_and_subjects_gives_no_wrong_reasons(
    tmp_path: Path, reasons_of: ReasonsOf
) -> None:
    bundled = bundled_lexicon()
    for name in ("dictionary.txt", "stopwords.txt", "boilerplate.txt"):
        (tmp_path / name).write_bytes((bundled.folder / name).read_bytes())
    lexicon = replace(bundled, folder=tmp_path)
    write_segmentation_table(lexicon.whole_words(), tmp_path / "words.trie")
    segmenter = Segmenter.open(tmp_path / "words.trie", lexicon.stopwords(), lexicon.aliases())
    articles = [Article(title, title, ()) for title in ("花呗会上征信吗", "花呗怎么关闭")]
    reader = AspectReader(segmenter, lexicon)
    reasons = Reasons(
        articles, [reader.read_article(each) for each in articles], segmenter, lexicon
    )
    assert reasons.reason(0, 1, 0.6) == "related"
