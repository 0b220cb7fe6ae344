"""A dumped page gives its article and its teasers, and nothing of its furniture."""

from __future__ import annotations

from datetime import date

from indexer.article import Article
from indexer.boilerplate import Boilerplate, Cleaner
from indexer.errors import SourceError
from indexer.lexicon import bundled_lexicon
from indexer.readers import read_sources
from indexer.readers.page_dump import read_page_dump
from indexer.split import split
from tests.conftest import PAGE_DUMP


def read() -> list[Article]:
    result = read_sources([str(PAGE_DUMP)])
    assert result.rejected == []
    return result.articles


def test_the_article_keeps_its_sections_and_numbered_items() -> None:
    article = read()[0]
    assert article.title == "备用金为什么取不出来了"
    assert [section.heading for section in article.sections] == [
        "",
        "备用金取不出来的原因",
        "备用金怎么恢复?",
    ]
    numbers = [[block.number for block in section.blocks] for section in article.sections]
    assert numbers == [[None], [None, 1, 2, 3, None], [None, 1, 2, None, None]]


def test_teasers_are_excerpts_with_title_category_and_date() -> None:
    teasers = read()[1:]
    assert [(t.title, t.category, t.published, t.excerpt_only) for t in teasers] == [
        ("备用金逾期一天会怎么样", "贷款问答", date(2024, 3, 18), True),
        ("房贷可以换一家银行吗", "贷款问答", date(2023, 11, 2), True),
    ]


def test_greeting_and_closing_line_are_in_no_passage() -> None:
    cleaner = Cleaner(Boilerplate.of(bundled_lexicon()))
    passages = [p for row, a in enumerate(read()) for p in split(cleaner.clean(a), row)]
    texts = "\n".join(passage.text for passage in passages)
    for pasted in ("小编", "很多人还不清楚", "一起来看看", "相关回答", "有所帮助"):
        assert pasted not in texts
    assert "恢复的时间以页面显示为准" in texts
    assert "备用金逾期一天会产生逾期费用" in texts


def test_page_furniture_is_in_no_text() -> None:
    texts = "\n".join(article.text for article in read())
    for furniture in ("分享本页", "返回顶部", "(12)", "大家还在看"):
        assert furniture not in texts


def test_the_first_headed_section_has_the_anchor_s1_with_or_without_a_lead() -> None:
    article = read()[0]
    cleaned = Cleaner(Boilerplate.of(bundled_lexicon())).clean(article)
    assert next(p.anchor for p in article.placed_blocks() if p.section == 1) == "s1-1"
    assert next(iter(cleaned.placed_blocks())).anchor == "s1-1"


def test_an_empty_page_is_rejected_by_name() -> None:
    rejected: list[SourceError] = []
    assert list(read_page_dump("\n \n(0)\n分享本页\n", "page.txt", rejected.append)) == []
    assert [str(error) for error in rejected] == ["page.txt: the page is empty"]


def test_a_teaser_without_a_date_is_kept() -> None:
    page = "标题\n\n正文一段。\n\n相关推荐\n\n  • 另一个问题\n\n    它的摘要…\n"
    rejected: list[SourceError] = []
    articles = list(read_page_dump(page, "page.txt", rejected.append))
    assert rejected == []
    assert (articles[1].title, articles[1].published, articles[1].text) == (
        "另一个问题",
        None,
        "它的摘要…",
    )


def test_a_heading_that_only_looks_like_teasers_keeps_the_text_behind_it() -> None:
    page = "标题\n\n正文。\n\n相关问题\n\n这里还是正文。\n分享到朋友圈后可获得额度。\n"
    [article] = read_page_dump(page, "page.txt", lambda error: None)
    assert "这里还是正文。" in article.text
    assert "分享到朋友圈后可获得额度。" in article.text


def test_a_teaser_that_is_a_title_alone_is_passed_over_and_counted() -> None:
    rejected: list[SourceError] = []
    passed: list[str] = []
    dump = "花呗会上征信吗\n会的。\n大家还在看\n• 借呗会上征信吗\n"

    read = list(read_page_dump(dump, "1.txt", rejected.append, passed.append))

    assert [article.title for article in read] == ["花呗会上征信吗"]
    assert (rejected, passed) == ([], ["teaser without text"])
