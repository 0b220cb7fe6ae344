"""Articles that try to be more than text do nothing in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from indexer.encoders.protocol import Encoder
from tests.browser.test_appearance import PHONE
from tests.conftest import build
from tests.web.serving import running

ATTACKS = {
    "script": "<script>window.ran=1</script><script src=//evil.example/x.js></script>",
    "handler": "\"><img src=x onerror=window.ran=1><b onmouseover='window.ran=1'>",
    "svg": "<svg onload=window.ran=1><script>window.ran=1</script><use href=data:,x></svg>",
    "markup": "</p></article></main><!-- <a href='javascript:window.ran=1'>花呗<textarea><title>",
    "template": "{{7*7}}{% raw %}${7*7}#{7*7}<%= 7*7 %>{{config}}",
    "entities": "&lt;script&gt;window.ran=1&lt;/script&gt;&#60;img src=x onerror=window.ran=1&#62;",
    "directions": "\u202e\u2067\u2066花呗\u202d\u200f\u200b\ufeff",
    "long": "A" * 3000,
    "style": "<style>*{display:none}</style><link rel=stylesheet href=//evil.example/x.css>",
    "frame": "<iframe srcdoc='<script>parent.ran=1</script>'></iframe><meta http-equiv=refresh "
    "content='0;url=//evil.example'><base href=//evil.example/>",
}
LINKS = [
    "javascript:window.ran=1",
    "JaVaScRiPt:window.ran=1",
    " javascript:window.ran=1",
    "java\tscript:window.ran=1",
    "data:text/html,<script>window.ran=1</script>",
    "vbscript:x",
    "//evil.example",
    'https://example.com/" onclick="window.ran=1',
    "https://user:pass@example.com/<svg onload=window.ran=1>",
    "http://[",
]


def title_of(name: str, attack: str) -> str:
    """An article's title as pages show it: characters without a width are left out."""
    return f"花呗{name}{attack}"[:200].replace("\u200b", "")


def article(nth: int, name: str, attack: str) -> dict[str, Any]:
    """An article with an attack in its every field; ids that are no plain names are refused.

    Reading takes markup out of titles and bodies, so there the attack comes escaped: what
    reaches the pages is the attack as it stands here.
    """
    text = escape(attack)
    lines = [
        f"花呗逾期{text}\n",
        f"第二段{text}",
        f"## 小标题{text}",
        f"1、花呗{text}",
        f"2、借呗{text}",
    ]
    return {
        "id": name,
        "title": escape(title_of(name, attack)),
        "category": f"类{name}{attack}"[:50],
        "published": "2026-01-02",
        "url": LINKS[nth % len(LINKS)],
        "tags": [attack[:100]],
        "body": "\n".join(lines),
    }


ARTICLES = [article(nth, *attack) for nth, attack in enumerate(ATTACKS.items())]


@pytest.fixture(scope="module")
def hostile_url(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[str]:
    """A site of nothing but hostile articles."""
    folder = tmp_path_factory.mktemp("hostile")
    lines = (json.dumps(each, ensure_ascii=False) for each in ARTICLES)
    (folder / "faq.jsonl").write_text("\n".join(lines), encoding="utf-8")
    build([folder / "faq.jsonl"], folder / "index", encoder)
    with running(folder / "index", folder / "state") as site:
        yield site.url


@pytest.fixture
def page(browser: Browser, hostile_url: str) -> Iterator[Page]:
    """A phone; in the end nothing may have run, been refused by the policy or asked elsewhere."""
    context = browser.new_context(
        base_url=hostile_url, viewport=PHONE, has_touch=True, is_mobile=True
    )
    context.add_init_script(
        "window.refused = [];"
        "addEventListener('securitypolicyviolation', (e) => window.refused.push(e.blockedURI));"
    )
    page = context.new_page()
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("dialog", lambda dialog: trouble.append(dialog.message))
    page.on(
        "request",
        lambda sent: (
            None
            if sent.url.startswith((hostile_url, "data:image/svg"))
            else trouble.append(sent.url)
        ),
    )
    yield page
    context.close()
    assert trouble == []


def check(page: Page) -> None:
    """Nothing ran, nothing of an article became an element, nothing scrolls sideways."""
    assert page.evaluate("window.ran") is None
    assert page.evaluate("window.refused") == []
    assert page.locator("main").count() == 1
    assert page.locator("iframe, object, embed, base, style, svg, textarea").count() == 0
    assert page.locator("main script, main img[src=x], [onerror], [onload], [onclick]").count() == 0
    hrefs = page.evaluate("[...document.querySelectorAll('a')].map((a) => a.protocol)")
    assert set(hrefs) <= {"http:", "https:"}
    assert "49" not in page.locator("main").inner_text().replace("7*7", "")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert page.evaluate("document.body.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("hostile", ARTICLES, ids=ATTACKS)
def test_an_article_and_its_category_are_text(page: Page, hostile: dict[str, Any]) -> None:
    page.goto(f"/articles/{quote(hostile['id'], safe='')}")
    shown = page.get_by_role("heading", level=1).text_content() or ""
    assert shown == title_of(hostile["id"], ATTACKS[hostile["id"]])
    check(page)
    page.get_by_role("button", name="赞").click()
    expect(page.get_by_role("button", name="已赞")).to_be_visible()
    check(page)

    page.goto(f"/categories/{quote(hostile['category'], safe='')}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("类")
    check(page)


def test_the_home_page_and_results_are_text(page: Page) -> None:
    page.goto("/")
    check(page)
    for asked in ("花呗逾期", "script", *ATTACKS.values()):
        page.goto(f"/search?q={quote(asked[:240])}")
        check(page)


@pytest.mark.parametrize("name", ATTACKS)
def test_completions_are_text(page: Page, name: str) -> None:
    page.goto("/")
    page.get_by_role("combobox").press_sequentially(f"花呗{name}")
    option = page.get_by_role("option").first
    expect(option).to_contain_text(f"花呗{name}")
    page.get_by_role("combobox").press("ArrowDown")
    check(page)

    option.click()

    expect(page.get_by_role("heading", level=1)).to_contain_text(f"花呗{name}")
    check(page)


def test_answers_of_the_endpoint_are_never_taken_for_a_page(page: Page) -> None:
    for path in ("search?explain=1&q=花呗script", "suggest?q=花呗script"):
        answer = page.request.get(f"/api/v1/{path}")
        assert "window.ran=1" in answer.text()
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
