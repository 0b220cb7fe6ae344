"""Articles that say the same, and those that only read alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from indexer.article import Article, Block, Section
from indexer.near_duplicates import Cluster
from indexer.near_duplicates.keep import preference, why_kept
from tests.indexer.near_duplicates.conftest import Find
from tests.indexer.near_duplicates.copies import (
    about,
    excerpt_of,
    with_sentence_more,
    with_title,
    with_words_swapped,
)


def of_id(corpus: list[Article], article_id: str) -> Article:
    return next(article for article in corpus if article.id == article_id)


def ids(articles: list[Article], cluster: Cluster) -> list[str]:
    return [articles[row].id for row in cluster.rows]


def test_no_two_articles_of_the_bundled_corpus_say_the_same(
    corpus: list[Article], find: Find
) -> None:
    assert len({article.family for article in corpus}) > 50
    assert find(corpus) == []


def test_every_kind_of_copy_is_found_beside_its_article(corpus: list[Article], find: Find) -> None:
    originals = corpus[:40]
    for copy in (with_sentence_more, with_words_swapped, excerpt_of):
        articles = [*originals, *map(copy, originals)]
        found = {frozenset(cluster.rows) for cluster in find(articles)}
        assert found == {frozenset((row, row + 40)) for row in range(40)}, copy.__name__


def test_another_title_for_the_same_question(corpus: list[Article], find: Find) -> None:
    early = of_id(corpus, "huabei-tiqian-huankuan")
    articles = [*corpus, with_title(early, "花呗没到期就想还掉，行不行")]
    [cluster] = find(articles)
    assert set(ids(articles, cluster)) == {early.id, f"{early.id}-copy"}


@pytest.mark.parametrize(
    ("article_id", "word", "other"),
    [
        ("huabei-shang-zhengxin", "花呗", "借呗"),
        ("huabei-shang-zhengxin", "花呗", "某某贷"),
        ("weilidai-yuqi-yitian", "一天", "三个月"),
        ("huabei-tiqian-huankuan", "提前", "逾期"),
        ("lilv-rixi-wanwu", "万五", "万二"),
        ("fangdai-shoufu-shoutao", "首套", "二套"),
    ],
)
def test_the_same_text_about_another_thing_is_no_copy(
    article_id: str, word: str, other: str, corpus: list[Article], find: Find
) -> None:
    article = of_id(corpus, article_id)
    assert word in article.title
    assert find([article, about(article, word, other)]) == []


def test_short_answers_are_the_same_by_chance(find: Find) -> None:
    def short(article_id: str, title: str) -> Article:
        body = (Section("", (Block("paragraph", "可以，没有手续费。"),)),)
        return Article(article_id, title, body)

    assert find([short("a", "花呗能提前还吗"), short("b", "信用卡能注销吗")]) == []


def test_versions_edited_one_from_the_other_are_not_chained(
    corpus: list[Article], find: Find
) -> None:
    sentences = [block.text for article in corpus[:12] for block in article.sections[-1].blocks]

    def version(number: int) -> Article:
        kept = tuple(Block("paragraph", text) for text in sentences[number : number + 8])
        return Article(f"v{number}", "贷款还款有哪些要注意", (Section("", kept),))

    articles = [version(number) for number in range(0, 8, 2)]
    found = find(articles)
    assert found
    for cluster in found:
        # 8 sentences each, 2 further on each time: only the next one shares half of them.
        assert all(abs(copy.row - cluster.kept) == 1 for copy in cluster.copies)


def test_a_general_article_does_not_stand_for_two_that_are_at_odds(
    corpus: list[Article], find: Find
) -> None:
    late = of_id(corpus, "yq-xieshang")
    general = with_title(late, "还不上怎么和平台协商还款")
    one = replace(late, id="one", title="花呗还不上怎么和平台协商还款")
    two = replace(late, id="two", title="借呗还不上怎么和平台协商还款")
    for cluster in find([one, two, general]):
        assert not {0, 1} <= set(cluster.rows)


def test_many_copies_of_one_article_are_one_cluster(corpus: list[Article], find: Find) -> None:
    article = corpus[0]
    copies = [replace(with_sentence_more(article), id=f"c{number}") for number in range(120)]
    [cluster] = find([*copies, article])
    assert len(cluster.rows) == 121


def test_nothing_and_one_article_have_no_copies(corpus: list[Article], find: Find) -> None:
    assert find([]) == find(corpus[:1]) == find([Article("a", "空的", ())] * 1) == []


def test_the_whole_the_longer_the_newer_article_is_kept() -> None:
    text = "逾期以后先还清再查信用报告。" * 10
    plain = Article(
        "b", "逾期", (Section("", (Block("paragraph", text),)),), published=date(2025, 1, 1)
    )
    longer = replace(plain, sections=plain.sections * 2)
    more = (*plain.sections, Section("", (Block("paragraph", "完。"),)))
    order = [
        ("whole", replace(longer, id="x"), replace(longer, id="a", excerpt_only=True)),
        ("longer", replace(longer, id="x"), replace(plain, published=date(2026, 1, 1))),
        ("newer", replace(plain, id="x", published=date(2026, 1, 1)), plain),
        ("checked later", replace(plain, id="x", as_of="2026-01"), replace(plain, as_of="2025-12")),
        ("longer", replace(plain, id="x", sections=more), plain),
        ("first by id", replace(plain, id="a"), plain),
    ]
    for why, kept, other in order:
        assert preference(kept) < preference(other)
        assert why_kept(kept, other) == why
