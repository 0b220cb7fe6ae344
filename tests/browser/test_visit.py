"""A visit: a question, the item that answers, a like, the next article."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

QUESTION = "信用卡最低还款影响征信吗"


def ask(page: Page, question: str) -> None:
    page.get_by_role("combobox", name="你的问题").fill(question)
    page.get_by_role("button", name="搜索").click()


def test_from_a_question_to_the_passage_that_answers(open_page: OpenPage) -> None:
    page = open_page("/")
    assert page.title() == "贷款问答"

    ask(page, QUESTION)
    expect(page.get_by_role("combobox")).to_have_value(QUESTION)
    assert page.locator("mark").count() > 0
    link = page.locator(".hit").first.get_by_role("link", name=QUESTION)
    anchor = (link.get_attribute("href") or "").partition("#")[2]
    assert re.fullmatch(r"s\d+-\d+", anchor)
    link.click()

    expect(page.get_by_role("heading", level=1)).to_have_text(QUESTION)
    expect(page.locator(":target")).to_have_attribute("id", anchor)
    expect(page.locator(":target")).to_be_in_viewport()


def test_a_link_to_an_item_lands_on_it_marked(open_page: OpenPage) -> None:
    page = open_page("/articles/card-min#s1-2", viewport={"width": 360, "height": 400})
    item = page.locator("#s1-2")
    other = page.locator("#s1-3")

    expect(item).to_be_in_viewport()
    background = "element => getComputedStyle(element).backgroundColor"
    assert item.evaluate(background) != other.evaluate(background)


def test_a_like_counts_at_once_and_stays(open_page: OpenPage) -> None:
    page = open_page("/articles/credit-error")
    button = page.get_by_role("button", name="赞")
    expect(button).to_have_text(re.compile(r"点赞\s+0"))

    button.click()

    expect(button).to_have_text(re.compile(r"已赞\s+1"))
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("status")).to_have_text("谢谢你的赞")
    expect(page).to_have_url(re.compile("/articles/credit-error$"))
    button.click()
    expect(button).to_have_text(re.compile(r"已赞\s+1"))
    page.reload()
    expect(button).to_have_text(re.compile(r"已赞\s+1"))


def test_feedback_is_given_without_leaving_the_page(open_page: OpenPage) -> None:
    page = open_page("/")
    ask(page, QUESTION)
    group = page.get_by_role("group", name=f"《{QUESTION}》的回答有帮助吗")
    yes, no = (group.get_by_role("button", name=name) for name in ("有帮助", "没帮助"))
    address = page.url

    yes.click()

    expect(group.get_by_role("status")).to_have_text("谢谢反馈")
    expect(yes).to_have_attribute("aria-pressed", "true")
    no.click()
    expect(no).to_have_attribute("aria-pressed", "true")
    expect(yes).to_have_attribute("aria-pressed", "false")
    assert page.url == address
    expect(page.locator("form.feedback")).to_have_count(3)


def test_the_keyboard_gives_feedback(open_page: OpenPage) -> None:
    page = open_page(f"/search?q={QUESTION}")
    group = page.locator("form.feedback").first
    group.get_by_role("button", name="没帮助").focus()

    page.keyboard.press("Enter")

    expect(group.get_by_role("status")).to_have_text("谢谢反馈")
    expect(group.get_by_role("button", name="没帮助")).to_be_focused()


def test_related_articles_lead_on(open_page: OpenPage) -> None:
    page = open_page("/articles/card-min")
    related = page.get_by_role("complementary", name="大家还在看").get_by_role("listitem")
    expect(related).to_have_count(10)
    link = related.first.get_by_role("heading").get_by_role("link")
    title = link.inner_text()

    link.click()

    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_the_link_of_an_article_is_copied(open_page: OpenPage) -> None:
    page = open_page("/articles/card-min#s1-2", permissions=["clipboard-read", "clipboard-write"])

    page.get_by_role("button", name="复制链接").click()

    expect(page.get_by_role("status")).to_have_text("链接已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.url.partition("#")[0]


def test_the_system_shares_where_it_can(open_page: OpenPage) -> None:
    page = open_page("/")
    page.context.add_init_script("navigator.share = async (what) => { window.shared = what; }")
    page.goto("/articles/card-min")

    page.get_by_role("button", name="分享").click()

    assert page.evaluate("window.shared.title") == QUESTION
    assert page.evaluate("window.shared.url") == page.url


def test_categories_narrow_the_results(open_page: OpenPage) -> None:
    page = open_page("/")
    ask(page, "房贷逾期一个月会怎么样")
    filters = page.get_by_role("navigation", name="按分类筛选")
    more = filters.get_by_text("更多分类")
    if more.count():
        more.click()
    filters.get_by_role("link", name=re.compile("^房贷")).click()

    expect(filters.locator("[aria-current]")).to_contain_text("房贷")
    links = page.locator(".hit .meta a")
    assert set(links.all_inner_texts()) == {"房贷"}


def test_the_keyboard_skips_to_the_text(open_page: OpenPage) -> None:
    page = open_page("/articles/card-min")

    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="跳到正文")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")

    expect(page.locator("#main")).to_be_focused()
