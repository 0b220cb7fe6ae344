"""A site's own sentences are found; what answers is not taken for one of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.article import Article, Block, Section
from indexer.boilerplate import Boilerplate, Cleaner, learn
from indexer.boilerplate.evidence import fewest
from indexer.boilerplate.topics import Titles
from indexer.lexicon import bundled_lexicon
from tests.indexer.boilerplate.measure import clean_all, recover
from tests.indexer.boilerplate.site import (
    HELD_OUT_STYLES,
    HOUSE_STYLES,
    Layout,
    Style,
    corpus,
    excerpt,
    site,
    wrap,
)

SEED = Boilerplate.of(bundled_lexicon())
GREETING = "嗨，这里是钱袋问答。"
SOME = corpus()[::7]


def with_first(article: Article, text: str) -> Article:
    return wrap(article, Style((text,), ()), random.Random(0)).shown


def with_last(article: Article, text: str) -> Article:
    return wrap(article, Style((), (text,)), random.Random(0)).shown


def with_middle(article: Article, text: str) -> Article:
    first, second, *others = article.sections
    second = replace(
        second, blocks=(*second.blocks[:2], Block("paragraph", text), *second.blocks[2:])
    )
    return replace(article, sections=(first, second, *others))


def short(title: str, *paragraphs: str) -> Article:
    return Article(title, title, (Section("", tuple(Block("paragraph", p) for p in paragraphs)),))


def learned(articles: Sequence[Article]) -> Boilerplate:
    return learn(articles, SEED)


def test_three_styles_that_no_form_knows_come_off_to_the_letter() -> None:
    recovery = recover(site(HOUSE_STYLES))
    assert recovery.restored == recovery.articles == len(corpus())


@pytest.mark.parametrize("style", HOUSE_STYLES + HELD_OUT_STYLES)
def test_one_style_comes_off_a_smaller_site(style: Style) -> None:
    recovery = recover(site([style], articles=corpus()[::2]))
    assert recovery.restored == recovery.articles


def test_of_styles_unseen_when_the_method_was_made_nothing_else_goes_with_them() -> None:
    recovery = recover(site(HELD_OUT_STYLES))
    assert recovery.lost == 0
    assert recovery.recall > 0.7


def test_a_collection_without_boilerplate_teaches_nothing() -> None:
    boilerplate = learned(corpus())
    assert not boilerplate.opening.learned
    assert not boilerplate.closing.learned


def test_the_order_of_articles_does_not_matter() -> None:
    shown = [each.shown for each in site(HOUSE_STYLES)]
    shuffled = random.Random(3).sample(shown, len(shown))
    assert learned(shuffled) == learned(shown) == learned(shown[::-1])


def test_cleaning_again_takes_nothing_more() -> None:
    cleaned = clean_all([each.shown for each in site(HOUSE_STYLES)])
    assert clean_all(cleaned) == cleaned


_SYLLABLES = st.text(alphabet="东南西北春夏秋冬山水风云梅兰竹菊", min_size=4, max_size=9)
_SENTENCES = st.lists(
    st.tuples(st.lists(_SYLLABLES, min_size=1, max_size=3), st.sampled_from("。！")).map(
        lambda parts: "，".join(parts[0]) + parts[1]
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=15, deadline=None)
@given(
    _SENTENCES,
    _SENTENCES,
    st.sampled_from(["", "关于{title}，", "“{bare}”", "第{n}期"]),
    st.sampled_from(["joined", "own paragraph", "paragraph each"]),
)
def test_whatever_words_a_house_pastes_the_articles_come_back(
    opening: list[str], closing: list[str], before: str, layout: Layout
) -> None:
    style = Style((before + opening[0], *opening[1:]), tuple(closing), layout)
    recovery = recover(site([style], articles=SOME, every_excerpt=len(SOME)))
    assert recovery.restored == recovery.articles


@settings(max_examples=15, deadline=None)
@given(_SENTENCES)
def test_advice_that_recurs_in_the_middle_is_never_touched(advice: list[str]) -> None:
    articles = [with_middle(article, "".join(advice)) for article in SOME]
    assert clean_all(articles) == articles
    greeted = [with_first(article, GREETING) for article in articles]
    assert clean_all(greeted) == articles


def test_advice_of_the_middle_stays_where_it_closes_an_article_too() -> None:
    advice = "逾期前先联系放款机构。"
    articles = [
        with_last(article, advice) if at % 3 == 0 else with_middle(article, advice)
        for at, article in enumerate(SOME)
    ]
    assert clean_all(articles) == articles


@pytest.mark.parametrize("sentence", ["具体以银行审批为准。", "会上征信。", "可以。"])
@pytest.mark.parametrize("place", [with_first, with_last])
def test_an_answer_that_several_articles_share_stays(sentence: str, place: object) -> None:
    assert callable(place)
    articles = [
        place(article, sentence) if at % 7 == 0 else article for at, article in enumerate(corpus())
    ]
    assert clean_all(articles) == articles


def test_an_answer_that_follows_from_the_question_stays_however_often_it_is_given() -> None:
    products = [f"{one}{other}贷" for one in "金木水火土日月星" for other in "东南西北"]
    articles = [short(f"{p}上征信吗", "会上征信。", f"{p}按合同约定报送。") for p in products]
    articles += [short(f"{p}怎么还款", f"{p}到期自动扣款。", "余额要留够。") for p in products]
    assert clean_all(articles)[: len(products)] == articles[: len(products)]


def test_an_answer_in_the_words_of_its_question_is_no_repeated_title() -> None:
    articles = [
        with_first(replace(article, title=f"{name}可以提前还款吗"), f"{name}可以提前还款。")
        for name, article in zip(
            (f"{one}{other}贷" for one in "金木水火土日月" for other in "东南西北"),
            SOME,
            strict=False,
        )
    ]
    assert clean_all(articles) == articles


def test_a_number_that_answers_stays_behind_a_line_with_a_number() -> None:
    articles = [with_first(a, f"阅读量：{n}。") for n, a in enumerate(SOME)]
    asked = short("日息万五换算成年利率是多少", "阅读量：88。18%。", "按一年360天计算。")
    *cleaned, answer = clean_all([*articles, asked])
    assert cleaned == list(SOME)
    assert answer.text == "18%。\n按一年360天计算。"


def test_the_first_sentence_that_articles_of_one_product_share_stays() -> None:
    shared = "金东贷是一款按日计息的借款，下面为大家介绍。"
    of_product = [
        with_first(replace(article, title=f"金东贷{article.title}"), shared)
        for article in corpus()[:15]
    ]
    articles = [*of_product, *corpus()[15:]]
    assert clean_all(articles) == articles


def test_one_body_under_many_titles_is_one_piece_of_evidence() -> None:
    titles = [f"{article.title}的问题" for article in SOME]
    articles = [short(title, "大家看过来，这就说说。", "按合同还款。") for title in titles]
    assert clean_all(articles) == articles


@pytest.mark.parametrize("size", range(1, 12))
def test_a_small_collection_teaches_nothing_and_known_forms_still_work(size: int) -> None:
    own = [with_first(article, GREETING) for article in corpus()[:size]]
    assert clean_all(own) == own
    known = [with_first(article, "大家好，本站小编来为您解答。") for article in corpus()[:size]]
    assert clean_all(known) == list(corpus()[:size])


def test_a_greeting_before_an_answer_in_one_sentence_is_cut_off() -> None:
    articles = [with_first(article, "各位网友，今天说说{title}，") for article in SOME]
    assert clean_all(articles) == list(SOME)


def test_what_a_known_form_hides_is_learned_too() -> None:
    articles = [with_first(article, "大家好，小编来解答。" + GREETING) for article in SOME]
    assert clean_all(articles) == list(SOME)


def test_an_article_of_nothing_but_boilerplate_stays_whole() -> None:
    bare = short("某个没有回答的问题", GREETING)
    *cleaned, kept = clean_all([*(with_first(article, GREETING) for article in SOME), bare])
    assert cleaned == list(SOME)
    assert kept == bare


def test_a_closing_line_behind_a_list_comes_off_its_last_item() -> None:
    listed = [a for a in corpus() if a.sections[-1].blocks[-1].kind == "item"]
    articles = [with_last(article, "以上就是本站的答复，再会！") for article in listed]
    assert len(listed) > 40
    assert clean_all(articles) == listed


@pytest.mark.parametrize("characters", range(4, 14))
def test_an_excerpt_that_breaks_off_in_a_closing_line_loses_it(characters: int) -> None:
    line = "以上便是钱袋问答的全部答复，再会！"
    articles = [with_last(article, line) for article in SOME]
    cut = short("能还吗", "能，随时可还。" + line[:characters] + "…")
    cleaned = clean_all([*articles, replace(cut, excerpt_only=True)])[-1]
    assert cleaned.text == "能，随时可还。"


def test_an_excerpt_of_nothing_but_a_greeting_broken_off_stays_whole() -> None:
    articles = [with_first(article, GREETING) for article in SOME]
    cut = replace(short("能还吗", GREETING[:6] + "…"), excerpt_only=True)
    assert clean_all([*articles, cut])[-1] == cut


@pytest.mark.parametrize("characters", [10, 14, 19, 22])
def test_an_excerpt_breaks_off_in_a_known_form_seen_whole_elsewhere(characters: int) -> None:
    known = "以上就是{title}的全部内容，希望对大家有帮助。"
    articles = [with_last(article, known) for article in SOME[:3]]
    title = "贷款可以晚几天还吗"
    line = known.format(title=title)[:characters]
    cut = replace(short(title, f"要看合同。{line}…"), excerpt_only=True)
    assert clean_all([*articles, cut])[-1].text == "要看合同。"


def test_excerpts_lose_the_greeting_of_whole_articles() -> None:
    wrapped = [with_first(article, GREETING) for article in SOME]
    teasers = [excerpt(with_first(article, GREETING)) for article in corpus()[1::7]]
    cleaned = clean_all([*wrapped, *teasers])[len(wrapped) :]
    for article, teaser in zip(corpus()[1::7], cleaned, strict=True):
        assert teaser.text.rstrip("…") in article.text.replace("\n", " ")


def test_what_was_taken_away_is_reported_by_place_and_evidence() -> None:
    articles = [with_last(with_first(article, GREETING), "希望对大家有帮助。") for article in SOME]
    cleaner = Cleaner(learned(articles))
    for article in articles:
        cleaner.clean(article)
    report = cleaner.report()
    assert (report.sentences, report.articles) == (2 * len(SOME), len(SOME))
    assert [(form.form, form.place, form.evidence, form.count) for form in report.forms] == [
        ("希望对大家有帮助。", "closing", "known", len(SOME)),
        (GREETING, "opening", "learned", len(SOME)),
    ]


def test_how_many_articles_prove_a_clause() -> None:
    assert fewest("talk", 100) == max(6, 3) == 6
    assert fewest("talk", 10_000) == 0.3 * 100
    assert fewest("titled", 100) == max(8, 5)
    assert fewest("titled", 1000) == 0.05 * 1000


def test_titles_share_a_topic_where_one_word_is_theirs_alone() -> None:
    titles = Titles([f"征信{n}" for n in "甲乙丙丁戊己庚辛"] + [f"房贷{n}号" for n in range(40)])
    assert titles.share_a_topic(range(8))
    assert not titles.share_a_topic([0, 1, *range(20, 30)])
