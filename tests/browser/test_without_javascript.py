"""Everything but sharing works without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page("/", java_script_enabled=False, viewport={"width": 360, "height": 640})


def test_searching_and_landing_on_the_answer(page: Page) -> None:
    page.get_by_role("searchbox").fill("房贷逾期一个月会怎么样")
    page.get_by_role("searchbox").press("Enter")
    page.locator(".hit").first.get_by_role("link", name="房贷逾期一个月会怎么样").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("房贷逾期一个月会怎么样")
    expect(page.locator(":target")).to_be_in_viewport()


def test_liking_comes_back_to_the_article(page: Page) -> None:
    page.goto("/articles/mortgage-late")
    page.get_by_role("button", name="点赞").click()

    expect(page).to_have_url(re.compile("/articles/mortgage-late#like$"))
    expect(page.get_by_role("button", name="已赞")).to_be_in_viewport()


def test_feedback_comes_back_to_the_results(page: Page) -> None:
    page.goto("/search?q=房贷逾期一个月会怎么样")
    page.get_by_role("button", name="有帮助").first.click()

    expect(page).to_have_url(re.compile(r"/search\?q=.*&thanks=mortgage-late#thanks$"))
    expect(page.get_by_text("谢谢反馈")).to_be_in_viewport()
    expect(page.get_by_role("searchbox")).to_have_value("房贷逾期一个月会怎么样")


def test_sharing_is_not_offered(page: Page) -> None:
    page.goto("/articles/mortgage-late")

    expect(page.locator(".share")).to_be_hidden()


def test_the_top_is_one_tap_away(page: Page) -> None:
    page.goto("/articles/mortgage-late")
    page.get_by_role("link", name="返回顶部").click()

    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()


def test_more_categories_open(page: Page) -> None:
    page.goto("/search?q=征信")
    more = page.get_by_text("更多分类")
    more.click()

    expect(page.locator(".more .chip").last).to_be_visible()
