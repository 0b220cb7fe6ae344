"""Which header or key of a table or a JSON object holds which field of an article."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from indexer.readers.reading_context import ReadingContext

# In the order in which they are preferred where a table has several.
_NAMES: Mapping[str, str] = {
    "title": "title 标题 question 问题 问 题目 提问 文章标题 问题标题 主题 posttitle 问句 "
    "subject headline 名称 q",
    "body": "body 正文 answer 答案 答 内容 回答 content 解答 回复 文章内容 文章正文 问题答案 答复 "
    "postcontent contenthtml articlebody text html 详情 a",
    "id": "id 编号 文章id 文章编号 postid articleid slug 别名",
    "category": "category 分类 categories 类别 栏目 频道 类目 所属分类 文章分类 section "
    "postcategory",
    "published": "published 日期 发布日期 发布时间 时间 date 更新时间 更新日期 publishedat "
    "publishdate publishtime pubdate datepublished postdate createdat 创建时间 创建日期 "
    "updatedat modified updated datemodified lastmod",
    "url": "url 链接 link 网址 地址 permalink 来源链接 原文链接 文章链接 guid",
    "tags": "tags 标签 tag 关键词 keywords 关键字 posttags labels",
    "asked": "asked 相似问法 相似问题 相似问 相似说法 其他问法 问法 扩展问 扩展问法 扩展问题 "
    "similarquestions similarquestion alternatequestions",
    "as_of": "as_of asof 核对日期 截至",
    "family": "family",
}
FIELDS = tuple(_NAMES)

_FIELD_OF = {
    "".join(name.split("_")): (field, rank)
    for field, names in _NAMES.items()
    for rank, name in enumerate(names.split())
}


def normalised(header: str) -> str:
    """A header as it is compared: width, case, spaces, marks do not count."""
    text = unicodedata.normalize("NFKC", header).casefold()
    return "".join(char for char in text if char not in " \t\r\n_-*:\u3000\u200b\ufeff")


class Columns:
    """The fields of a table by the headers it has."""

    def __init__(self, headers: Iterable[str], chosen: Sequence[tuple[str, str]] = ()) -> None:
        """Assign headers to fields.

        Args:
            headers: of the table, or keys of an object.
            chosen: pairs of field and header that go before the known names.
        """
        ranks = {}
        for order, (field, header) in enumerate(chosen):
            ranks[normalised(header)] = (field, order - len(chosen))
        best: dict[str, tuple[int, str]] = {}
        for header in headers:
            field, rank = ranks.get(normalised(header)) or _FIELD_OF.get(
                normalised(header), ("", 0)
            )
            if field and (field not in best or rank < best[field][0]):
                best[field] = (rank, header)
        self.by_field = {field: header for field, (_, header) in best.items()}
        self.matched = {
            pair for pair in chosen if self._same(self.by_field.get(pair[0], ""), pair[1])
        }

    @staticmethod
    def _same(header: str, other: str) -> bool:
        return bool(header) and normalised(header) == normalised(other)

    @property
    def has_article(self) -> bool:
        """Whether there is a title and a body."""
        return "title" in self.by_field and "body" in self.by_field

    def values(self, row: Mapping[str, object]) -> dict[str, object]:
        """The fields of a row, or of an object, that are there."""
        return {
            field: row[header]
            for field, header in self.by_field.items()
            if row.get(header) is not None
        }

    def note(self, headers: Iterable[str], context: ReadingContext) -> None:
        """Tell which columns were read by choice, and count those that hold no field."""
        context.matched |= self.matched
        used = set(self.by_field.values())
        for header in headers:
            if header and header not in used:
                context.left_out[f"column {header[:40]}"] += 1
