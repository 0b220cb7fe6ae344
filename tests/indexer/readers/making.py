"""Makes files as sites export them, for tests to read."""

from __future__ import annotations

import csv
import html
import io
import zipfile
from collections.abc import Iterable, Sequence

from openpyxl import Workbook

from indexer.article import Article, Block, Section

_WXR = (
    '<?xml version="1.0" encoding="UTF-8" ?>\n<rss version="2.0"\n'
    ' xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"\n'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"\n'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"\n'
    ' xmlns:wp="http://wordpress.org/export/1.2/">\n'
    "<channel><title>某贷款网</title><wp:wxr_version>1.2</wp:wxr_version>\n"
)


def csv_text(rows: Iterable[Sequence[object]], delimiter: str = ",") -> str:
    """Rows as Excel writes them."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def workbook(sheets: dict[str, Iterable[Sequence[object]]]) -> bytes:
    """A workbook of sheets."""
    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """A zip file with one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.namelist():
            new.writestr(each, part if each == name else old.read(each), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def post(
    title: str,
    body: str,
    *,
    kind: str = "post",
    status: str = "publish",
    slug: str = "",
    date: str = "2023-04-22 10:00:00",
    password: str = "",
    link: str = "https://example.com/?p=1",
    categories: Sequence[str] = (),
    tags: Sequence[str] = (),
) -> str:
    """One item of a WordPress export."""
    named = [("category", name) for name in categories] + [("post_tag", name) for name in tags]
    values = {
        "content:encoded": body,
        "excerpt:encoded": "",
        "wp:post_date": date,
        "wp:post_name": slug,
        "wp:status": status,
        "wp:post_type": kind,
        "wp:post_password": password,
    }
    return "".join(
        [
            f"<item><title>{html.escape(title)}</title><link>{html.escape(link)}</link>\n",
            "<pubDate>Sat, 22 Apr 2023 02:00:00 +0000</pubDate>\n",
            *(f"<{name}><![CDATA[{value}]]></{name}>\n" for name, value in values.items()),
            *(
                f'<category domain="{domain}" nicename="x"><![CDATA[{name}]]></category>\n'
                for domain, name in named
            ),
            "<wp:comment><wp:comment_content>评论</wp:comment_content></wp:comment></item>\n",
        ]
    )


def wxr(*items: str) -> str:
    """A WordPress export."""
    return f"{_WXR}{''.join(items)}</channel></rss>\n"


def body_text(sections: Iterable[Section]) -> str:
    """A body as lines of plain text."""
    lines: list[str] = []
    for section in sections:
        lines += [f"## {section.heading}"] if section.heading else []
        lines += [
            f"{block.number}、{block.text}" if block.kind == "item" else block.text
            for block in section.blocks
        ]
    return "\n".join(lines)


def body_html(sections: Iterable[Section]) -> str:
    """A body as HTML, numbered items in lists that start where they should."""
    parts: list[str] = []
    for section in sections:
        parts += [f"<h2>{html.escape(section.heading)}</h2>"] if section.heading else []
        parts += [_block_html(block) for block in section.blocks]
    return "\n".join(parts)


def _block_html(block: Block) -> str:
    text = html.escape(block.text)
    if block.kind == "item":
        return f'<ol start="{block.number}"><li>{text}</li></ol>'
    return f"<p>{text}</p>"


def page(article: Article) -> str:
    """An article as a site shows it: ways around, the article, more ways around."""
    tags = "".join(
        f'<meta property="article:tag" content="{html.escape(tag)}">' for tag in article.tags
    )
    section = f'<meta property="article:section" content="{html.escape(article.category)}">'
    return f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">
<title>{html.escape(article.title)} - 某贷款网</title>
<link rel="canonical" href="{html.escape(article.url)}">
<meta property="article:published_time" content="{article.published}T08:00:00+08:00">
{section if article.category else ""}{tags}</head><body>
<header><a href="/">某贷款网</a></header>
<nav><ul><li><a href="/">首页</a></li><li><a href="/dk">贷款大全</a></li></ul></nav>
<div class="wrap"><div class="article"><h1>{html.escape(article.title)}</h1>
<div class="info">{article.published} 来源：某贷款网 浏览：123</div>
<div class="content">{body_html(article.sections)}</div>
<div class="share">分享到：<a href="#">微信</a></div></div>
<div class="sidebar"><h3>热门文章</h3><ul><li><a href="/1">网商贷怎么提额</a></li></ul></div></div>
<footer>版权所有 某贷款网</footer></body></html>"""
