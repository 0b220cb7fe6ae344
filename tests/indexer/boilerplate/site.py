"""Made-up sites: the bundled corpus with a house's sentences pasted around each article."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

import data
from indexer.article import Article, Block, Section
from indexer.readers import read_sources

Layout = Literal["joined", "own paragraph", "paragraph each"]


@dataclass(frozen=True, slots=True)
class Style:
    """How one house wraps its articles.

    Sentences are templates: ``{title}`` the title, ``{bare}`` the title without 「？」,
    ``{n}`` a number, ``[a|b]`` one of several wordings.
    """

    opening: tuple[str, ...]
    closing: tuple[str, ...]
    layout: Layout = "joined"


@dataclass(frozen=True, slots=True)
class Wrapped:
    """An article as the site shows it, as it was, and the sentences pasted."""

    shown: Article
    original: Article
    pasted: int


@cache
def corpus() -> tuple[Article, ...]:
    """The bundled articles."""
    return tuple(read_sources([str(data.CORPUS)]).articles)


def fill(template: str, title: str, rng: random.Random) -> str:
    """A sentence out of its template."""
    text = re.sub(r"\[([^\[\]]*)\]", lambda found: rng.choice(found[1].split("|")), template)
    return text.format(title=title, bare=title.rstrip("？?"), n=rng.randrange(1, 9999))


def wrap(article: Article, style: Style, rng: random.Random) -> Wrapped:
    """Paste a house's sentences around an article; around an excerpt, at its beginning."""
    opening = [fill(each, article.title, rng) for each in style.opening]
    closing = [fill(each, article.title, rng) for each in style.closing]
    if article.excerpt_only:
        closing = []
    sections = [[*section.blocks] for section in article.sections]
    first, last = sections[0], sections[-1]
    if style.layout == "joined":
        first[0] = replace(first[0], text="".join(opening) + first[0].text)
        last[-1] = replace(last[-1], text=last[-1].text + "".join(closing))
    elif style.layout == "own paragraph":
        first[:0] = _paragraphs(["".join(opening)])
        last += _paragraphs(["".join(closing)])
    else:
        first[:0] = _paragraphs(opening)
        last += _paragraphs(closing)
    shown = replace(
        article,
        sections=tuple(
            Section(section.heading, tuple(blocks))
            for section, blocks in zip(article.sections, sections, strict=True)
        ),
    )
    return Wrapped(shown, article, len(opening) + len(closing))


def _paragraphs(texts: Sequence[str]) -> list[Block]:
    return [Block("paragraph", text) for text in texts if text]


def excerpt(article: Article, characters: int = 48) -> Article:
    """An article's beginning as another page's teaser shows it."""
    text = article.text.replace("\n", " ")[:characters] + "…"
    return replace(article, sections=(Section("", (Block("paragraph", text),)),), excerpt_only=True)


def site(
    styles: Sequence[Style], *, articles: Sequence[Article] | None = None, every_excerpt: int = 7
) -> list[Wrapped]:
    """The corpus as a site that rotates its styles; every so many articles are excerpts."""
    wrapped = []
    for at, article in enumerate(corpus() if articles is None else articles):
        rng = random.Random(article.id)
        shown = excerpt(article) if at % every_excerpt == 3 else article
        wrapped.append(wrap(shown, rng.choice(styles), rng))
    return wrapped


HOUSE_STYLES = (
    Style(
        (
            "嗨，欢迎来到钱袋问答。",
            "今天有[读者|网友|粉丝]问到{title}，[阿盘|小盘]这就给[各位|大家][说说|讲讲|捋一捋]～",
        ),
        (
            "好啦，「{bare}」就先[聊|说|讲]到这里，觉得有用请[点赞|收藏]！",
            "我们下期再会～",
        ),
    ),
    Style(
        (
            "本站第{n}期答疑：",
            "不少[人|朋友|用户]都对{bare}感到[困惑|疑惑]，本文将[逐条|详细]梳理。",
        ),
        (
            "上文[梳理|整理]了{bare}的要点，更多贷款资讯敬请关注本站。",
            "本文仅供参考，不构成任何承诺。",
        ),
        "own paragraph",
    ),
    Style(
        (
            "责编：[王晓|李川|赵阳] 阅读量：{n}",
            "“{title}”这个话题，后台留言里[很多人|好多人]关心。",
            "这篇文章为您解读。",
        ),
        (
            "贷款有风险，借钱须量力而行。",
            "转载请注明出处",
        ),
        "paragraph each",
    ),
)

# Written after the method was fixed; nothing was fitted to them.
HELD_OUT_STYLES = (
    Style(
        (
            "贷友们，又见面啦！",
            "{title}——这是昨晚[群里|直播间|私信]里被问得最多的一句。",
            "[搬好小板凳|备好茶水]，咱们开讲。",
        ),
        (
            "以上内容由银帆财经[整理|编写]，未经允许不得[转载|引用]。",
            "想第一时间看到新答案，把银帆财经设为星标。",
        ),
    ),
    Style(
        ("文/{n}号顾问", "借贷宝典第{n}篇。“{bare}”，[答案|结论]其实不复杂，往下读就知道。"),
        (
            "读到这里，{bare}应该难不住你了。",
            "[有别的疑问|还有不懂的]，欢迎在下方提问，我们会在24小时内回复。",
        ),
        "own paragraph",
    ),
    Style(
        ("摘要：围绕{bare}，我们[采访|请教]了{n}位从业者。", "先说要点，再讲细节。"),
        ("风险提示：市场有风险，决策要谨慎。", "客服电话：0571-{n}，工作日9:00-18:00。"),
        "paragraph each",
    ),
    Style(
        ("您好，您咨询的“{title}”收悉，现[答复|回复]如下：",),
        ("感谢您的[来信|提问]，祝工作顺利！", "银帆服务中心 2026年{n}月"),
        "own paragraph",
    ),
)
