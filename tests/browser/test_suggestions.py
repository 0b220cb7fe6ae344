"""Completions below the search box: by keyboard, mouse and finger, and with an input method."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_appearance import CONTRASTS, PHONE

QUESTION = "信用卡最低还款影响征信吗"


def box(page: Page) -> Locator:
    return page.get_by_role("combobox", name="你的问题")


def options(page: Page) -> Locator:
    return page.get_by_role("listbox", name="可能想问").get_by_role("option")


def asked(page: Page) -> list[str]:
    """Addresses of completions that the page asks for, from now on."""
    found: list[str] = []
    page.on("request", lambda sent: found.append(sent.url) if "/suggest?" in sent.url else None)
    return found


@pytest.mark.parametrize("typed", ["信用卡最低", "xinyongkazui", "xykzd", "信用卡zd"])
def test_what_is_typed_is_completed(open_page: OpenPage, typed: str) -> None:
    page = open_page("/")
    expect(box(page)).to_have_attribute("aria-expanded", "false")

    box(page).press_sequentially(typed)

    expect(options(page).filter(has_text=QUESTION)).to_be_visible()
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    expect(box(page)).to_have_attribute("aria-autocomplete", "list")
    listed = page.locator(f"#{box(page).get_attribute('aria-controls')}")
    expect(listed).to_have_attribute("role", "listbox")


def test_the_keyboard_walks_the_list_and_back_to_what_was_typed(open_page: OpenPage) -> None:
    page = open_page("/")
    box(page).press_sequentially("征信")
    first, last = options(page).first, options(page).last
    expect(first).to_be_visible()

    box(page).press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    expect(box(page)).to_have_attribute(
        "aria-activedescendant", first.get_attribute("id") or "no id"
    )
    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_value(first.locator(".completion").inner_text())
    box(page).press("ArrowUp")
    expect(box(page)).to_have_value("征信")
    expect(box(page)).not_to_have_attribute("aria-activedescendant", re.compile(".*"))
    box(page).press("ArrowUp")
    expect(last).to_have_attribute("aria-selected", "true")
    box(page).press("Escape")
    expect(first).to_be_hidden()
    expect(box(page)).to_have_value("征信")
    box(page).press("ArrowDown")
    expect(first).to_be_visible()


def test_enter_opens_what_is_marked_and_else_searches(open_page: OpenPage) -> None:
    page = open_page("/")
    box(page).press_sequentially("信用卡最低")
    expect(options(page).first).to_have_text(QUESTION)
    box(page).press("ArrowDown")
    box(page).press("Enter")
    expect(page).to_have_url(re.compile("/articles/card-min$"))

    box(page).press_sequentially("信用卡最低")
    expect(options(page).first).to_be_visible()
    box(page).press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q="))


def test_the_mouse_chooses(open_page: OpenPage) -> None:
    page = open_page("/search?q=房贷")
    box(page).fill("信用卡最低")

    options(page).filter(has_text=QUESTION).click()

    expect(page).to_have_url(re.compile("/articles/card-min$"))


def test_a_category_says_what_it_is_and_leads_to_its_page(open_page: OpenPage) -> None:
    page = open_page("/")
    box(page).press_sequentially("房贷")
    expect(options(page).first).to_have_text(re.compile(r"房贷\s*分类"))

    options(page).first.click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("房贷")


def test_a_finger_chooses_on_a_phone_and_nothing_scrolls_sideways(open_page: OpenPage) -> None:
    page = open_page("/", viewport=PHONE, has_touch=True, is_mobile=True)
    box(page).tap()
    box(page).press_sequentially("信用卡")
    expect(options(page).first).to_be_visible()

    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    heights = [option.bounding_box() for option in options(page).all()]
    assert all(found and found["height"] >= 44 for found in heights)
    options(page).filter(has_text=QUESTION).tap()
    expect(page).to_have_url(re.compile("/articles/card-min$"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_completions_stand_out_from_their_ground(open_page: OpenPage, scheme: str) -> None:
    page = open_page("/", color_scheme=scheme)
    box(page).press_sequentially("房贷")
    expect(options(page).first).to_be_visible()
    box(page).press("ArrowDown")

    assert [(ratio, what) for ratio, what in page.evaluate(CONTRASTS) if ratio < 4.5] == []


def test_leaving_the_box_closes_the_list(open_page: OpenPage) -> None:
    page = open_page("/")
    box(page).press_sequentially("房贷")
    expect(options(page).first).to_be_visible()

    page.keyboard.press("Tab")

    expect(options(page).first).to_be_hidden()
    expect(box(page)).to_have_attribute("aria-expanded", "false")


def test_only_the_last_answer_counts(open_page: OpenPage) -> None:
    """The answer to what was typed first comes last."""
    page = open_page("/")
    page.evaluate(
        """() => {
          const real = window.fetch;
          window.waiting = [];
          window.fetch = (address, options) => {
            const held = new Promise((go) => window.waiting.push(go));
            document.documentElement.dataset.waiting = window.waiting.length;
            return held.then(() => real(address, options));
          };
        }"""
    )
    box(page).fill("房贷逾期")
    expect(page.locator("html")).to_have_attribute("data-waiting", "1")
    box(page).fill("征信报告")
    expect(page.locator("html")).to_have_attribute("data-waiting", "2")

    page.evaluate("window.waiting[1]()")
    expect(options(page).first).to_contain_text("征信报告")
    page.evaluate("window.waiting[0]()")

    expect(options(page).first).to_contain_text("征信报告")


def test_typing_fast_asks_once(open_page: OpenPage) -> None:
    page = open_page("/")
    requests = asked(page)

    page.evaluate(
        """() => {
          const box = document.querySelector("#q");
          box.focus();
          for (const text of ["x", "xy", "xyk"]) {
            box.value = text;
            box.dispatchEvent(new InputEvent("input", { bubbles: true }));
          }
        }"""
    )

    expect(options(page).first).to_be_visible()
    assert [address.partition("?")[2] for address in requests] == ["q=xyk"]


def test_composing_asks_nothing_and_its_enter_sends_nothing(open_page: OpenPage) -> None:
    page = open_page("/")
    requests = asked(page)
    box(page).focus()
    session = page.context.new_cdp_session(page)

    for text in ("f", "fa", "fang'dai"):
        session.send(
            "Input.imeSetComposition", {"text": text, "selectionStart": 1, "selectionEnd": 1}
        )
    page.evaluate(
        """() => document.querySelector("#q").dispatchEvent(new KeyboardEvent(
          "keydown", { key: "Enter", keyCode: 229, isComposing: true, bubbles: true }))"""
    )
    page.evaluate("() => document.querySelector('.search').requestSubmit()")
    assert requests == []
    expect(page).to_have_url(re.compile("/$"))

    session.send("Input.insertText", {"text": "房贷"})
    expect(options(page).first).to_contain_text("房贷")
    assert len(requests) == 1


def test_nothing_is_asked_for_what_holds_no_word(open_page: OpenPage) -> None:
    page = open_page("/")
    requests = asked(page)
    box(page).press_sequentially("？！")
    box(page).press("ArrowDown")
    box(page).press_sequentially("房贷")

    expect(options(page).first).to_be_visible()
    assert all("%E6%88%BF" in address for address in requests)
