"""The pages on a phone, in the dark, on paper; legible everywhere."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.browser.conftest import OpenPage

PHONE: ViewportSize = {"width": 360, "height": 740}
PAGES = [
    "/",
    "/search?q=信用卡最低还款影响征信吗",
    "/articles/card-min#s1-2",
    "/categories/房贷",
]
# Shown in place of another page: loading them puts their status into the console.
REFUSALS = ["/nothing", "/search?q="]

# Contrast of each text with what lies behind it, by WCAG 2's formula.
CONTRASTS = """() => {
  const parse = (color) => color.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => [r, g, b]
    .map((part) => part / 255)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = parse(getComputedStyle(at).backgroundColor);
      if (color.length === 3 || color[3] > 0) return color;
    }
    return [255, 255, 255];
  };
  const holdsText = (element) => [...element.childNodes]
    .some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
  return [...document.querySelectorAll("body *")].filter(holdsText).map((element) => {
    const ink = luminance(parse(getComputedStyle(element).color));
    const ground = luminance(behind(element));
    const [light, dark] = ink > ground ? [ink, ground] : [ground, ink];
    return [(light + 0.05) / (dark + 0.05), element.outerHTML.slice(0, 80)];
  });
}"""

# What can be tapped, apart from links inside a sentence.
TAPPED = """() => [...document.querySelectorAll("button, summary, input, .chip, .brand, .to-top,"
    + " .questions a, .pager a, h2 a, h3 a")]
  .filter((element) => element.checkVisibility())
  .map((element) => [element.getBoundingClientRect().height, element.outerHTML.slice(0, 80)])"""


@pytest.mark.parametrize("path", [*PAGES, *REFUSALS])
def test_a_phone_never_scrolls_sideways(open_page: OpenPage, path: str) -> None:
    page = open_page("/", viewport=PHONE, has_touch=True, is_mobile=True)
    if path in REFUSALS:
        page.set_content(page.request.get(path).text())
    else:
        page.goto(path)

    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("path", PAGES)
def test_a_finger_finds_its_target(open_page: OpenPage, path: str) -> None:
    page = open_page(path, viewport=PHONE, has_touch=True, is_mobile=True)

    tapped = page.evaluate(TAPPED)
    assert tapped
    assert [what for height, what in tapped if height < 40] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_text_stands_out_from_its_ground(
    open_page: OpenPage, path: str, scheme: Literal["light", "dark"]
) -> None:
    page = open_page(path, color_scheme=scheme)

    contrasts = page.evaluate(CONTRASTS)
    assert contrasts
    assert [(ratio, what) for ratio, what in contrasts if ratio < 4.5] == []


def test_dark_is_dark(open_page: OpenPage) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = open_page("/", color_scheme="dark").evaluate(ground)
    light = open_page("/", color_scheme="light").evaluate(ground)

    assert dark == "rgb(19, 26, 27)"
    assert light == "rgb(246, 247, 244)"


def test_paper_holds_the_article_alone(open_page: OpenPage) -> None:
    page = open_page("/articles/card-min")
    page.emulate_media(media="print")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("#s1-2")).to_be_visible()
    for furniture in (".bar", ".tools", "aside"):
        expect(page.locator(furniture)).to_be_hidden()
