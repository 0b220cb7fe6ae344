"""Lines that belong to a page and not to its article, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.readers.structure import Line

TEASERS_HEADING = re.compile(
    r"^(?:大家(?:还|都|也)?在看|相关(?:推荐|阅读|文章|问题|问答)|猜你(?:喜欢|想看)|延伸阅读|热门(?:推荐|文章))[:：]?$"
)
FURNITURE = re.compile(
    r"^(?:[(（]\d+[)）]|分享(?:本页|到(?:微信|微博|朋友圈|QQ|QQ空间)?)?|返回顶部|回到顶部|(?:上|下)一篇(?:[:：].*)?|点赞(?:\s*\d+)?|赞\s*[(（]?\d*[)）]?"
    r"|收藏|打印(?:本页)?|首页|举报|评论(?:\s*[(（]?\d+[)）]?)?)$"
)
# 「2023-04-22 10:00 来源：… 浏览：123」. Nothing is tried twice: times are numbers, too.
_META_LINE = re.compile(
    r"(?:发布|更新|发表|来源|作者|编辑|责编|时间|日期|浏览|阅读|点击|人气|评论|分类|栏目|\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
    r"|\d{1,2}:\d{2}(?::\d{2})?|\d+\s*(?:次|人|阅读|浏览)?|[:：|·\s])++"
)
_MAX_META_CHARACTERS = 80
_META_VALUE = re.compile(r"(?:来源|作者|编辑|责编|分类|栏目)\s*[:：]\s*\S{1,15}")
_DATE = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}")
_BREADCRUMB = re.compile(r"^(?:当前位置|您(?:现在)?的位置|首页\s*[>»\u203a/])")
# What stands before the title in its container is the way to it, if it is short.
_MAX_BEFORE_TITLE = 100


def is_meta_line(text: str) -> bool:
    """Whether a line says when and where an article appeared, and nothing else."""
    if len(text) > _MAX_META_CHARACTERS:
        return False
    bare = _META_VALUE.sub("", text)
    if bare == text and not _DATE.search(text):
        return False
    return not bare.strip(" |·") or bool(_META_LINE.fullmatch(bare))


def cut_furniture(lines: Sequence[Line], title: str) -> list[Line]:
    """Lines of an article without its title, buttons, ways around and teasers."""
    titled = next((i for i, line in enumerate(lines) if _is_title(line, title)), None)
    if titled is not None and sum(len(line.text) for line in lines[:titled]) <= _MAX_BEFORE_TITLE:
        lines = lines[titled + 1 :]
    kept: list[Line] = []
    for at, line in enumerate(lines):
        if FURNITURE.match(line.text) or _BREADCRUMB.match(line.text):
            continue
        if TEASERS_HEADING.match(line.text) and _heads_nothing(lines, at):
            continue
        if is_meta_line(line.text) and at < 3:
            continue
        kept.append(line)
    return kept


def _is_title(line: Line, title: str) -> bool:
    return line.text == title and (line.role in {"heading", "strong", "text"})


def _heads_nothing(lines: Sequence[Line], at: int) -> bool:
    return at + 1 == len(lines) or lines[at + 1].role == "heading"
