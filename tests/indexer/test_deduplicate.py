"""One article for each question."""

from __future__ import annotations

from dataclasses import replace

from indexer.article import Article, Block, Section, derive_id
from indexer.deduplicate import deduplicate


def article(title: str, text: str, *, excerpt: bool = False, source: str = "") -> Article:
    sections = (Section("", (Block("paragraph", text),)),)
    return Article(derive_id(title), title, sections, excerpt_only=excerpt, source=source)


def test_an_excerpt_gives_way_to_the_whole_article_of_its_title() -> None:
    excerpt, whole = article("能还吗", "能…", excerpt=True), article("能还吗？", "能，随时还。")
    for order in ([excerpt, whole], [whole, excerpt]):
        kept = deduplicate(order)
        assert kept.articles == [whole]
        assert (kept.excerpts_replaced, kept.repeats) == (1, 0)


def test_an_excerpt_gives_way_also_where_the_article_has_an_id_of_its_own() -> None:
    whole = replace(article("能还吗", "能，随时还。"), id="own")
    assert deduplicate([article("能还吗", "能…", excerpt=True), whole]).articles == [whole]


def test_repeated_excerpts_and_equal_articles_become_one() -> None:
    first, again = (article("能还吗", text, excerpt=True) for text in ("能…", "能，随时…"))
    whole = article("怎么还", "打开页面。")
    kept = deduplicate([first, again, whole, whole])
    assert kept.articles == [first, whole]
    assert (kept.excerpts_replaced, kept.repeats) == (0, 2)


def test_two_different_articles_with_one_id_are_a_conflict_that_names_both() -> None:
    first = replace(article("能还吗", "能。", source="a.jsonl:1"), id="own")
    kept = deduplicate([first, replace(first, title="能提前还吗", source="b.jsonl:9")])
    assert kept.articles == [first]
    assert [str(each) for each in kept.conflicts] == [
        'b.jsonl:9: the id "own" is taken by another article (a.jsonl:1); '
        'give one of them an "id" of its own'
    ]


def test_where_the_id_comes_from_the_title_the_conflict_names_the_title() -> None:
    first, other = (
        article("能还吗", "能。", source="a.csv:2"),
        article("能还吗？", "不能。", source="a.csv:3"),
    )
    [conflict] = deduplicate([first, other]).conflicts
    assert str(conflict).startswith(
        'a.csv:3: the title "能还吗？" is taken by another article (a.csv:2);'
    )
