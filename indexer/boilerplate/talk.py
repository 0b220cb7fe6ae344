"""Tells talk about the text itself from talk about loans.

「小编」, 「本文」, 「一起来看看」, 「以上就是」 speak of the page and to its readers, on every
site; what says nothing of the kind may well be the answer, and needs more evidence. Such
talk swaps its words (「大家」 for 「各位」, 「讲讲」 for 「聊聊」), so a skeleton is compared.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from indexer.boilerplate.masking import PART_MARK, TITLE_MARK

Kind = Literal["talk", "titled", "plain", "part"]

_READERS = "(?:大家|各位|你们?|您|读者|网友|小伙伴|朋友们?)"
_TELL = "(?:看|聊|说|讲|谈|捋|介绍|了解|解答|解读|解析|分析|梳理|整理|盘点|科普|分享|带来|说明)"
_TALK = re.compile(
    "大家好|(?:各位|朋友|小伙伴|网友)们?好|^(?:你|您)们?好|哈[喽啰]|^hello|^hi$|^嗨|^(?:提?问|答|回答|解答)$"
    "|亲爱的|各位(?:朋友|网友|读者|小伙伴|看官|老铁)|小伙伴|看官"
    "|小编|编辑|责编|笔者|博主|站长|本文|本篇|本期|这篇|文章|本站|本网|本栏目|本号|公众号"
    "|(?:以上|上述|上面|上文)(?:就是|便是|即是|即为|是|内容|全部|所述|介绍|分享|这些|回答|解答)"
    f"|(?:下面|接下来|今天|现在|这就|马上|这里|那么|下文).{{0,10}}(?:一起|来|就|给|为|带|跟|和).{{0,8}}{_TELL}"
    f"|一起.{{0,6}}{_TELL}|一起来|看看吧|往下看|接着看|继续看|看下去"
    f"|聊聊|说说|讲讲|谈谈|讲解|解读|(?:为|给|帮|带|跟|和){_READERS}.{{0,10}}{_TELL}"
    f"|(?:对|给|帮).{{0,4}}{_READERS}.{{0,10}}(?:帮助|帮到|有用|启发)|帮到{_READERS}"
    "|希望.{0,20}(?:帮助|帮到|有用|有所)|有所帮助"
    f"|欢迎|感谢|谢谢|点赞|收藏|转发|转载|版权|留言|评论区|下期|再会|再见|敬请|关注(?:我|本|公众)"
    "|供参考|侵权|祝(?:大家|您|你|各位)|不构成|免责|更多.{0,10}(?:知识|资讯|内容|问题|干货|攻略|文章|问答)|(?:阅读|浏览).{0,2}(?:全文|原文|量|数|次)"
)
_ASKED = re.compile(
    "问题|疑问|疑惑|困惑|话题|(?:很多|不少|许多|好多|有些|有的)(?:人|朋友|网友|用户|客户)|大家|朋友"
    "|不知道|不清楚|不了解|不明白|想知道|想了解|好奇|关心"
)


# Begins the skeleton of talk.
_TALK_SIGN = "~"
# Words that stand for each other in such talk, and the one that stands for all.
_SWAPPED = (
    ("嗨", "哈[喽啰]|hello|hi|嗨|(?:大家|你们?|您)好"),
    (
        "很多人",
        "(?:很多|不少|许多|好多|好些|有些|有的|一些|部分)"
        "(?:人|朋友|网友|用户|客户|读者|小伙伴|粉丝)们?",
    ),
    ("大家", "大家|各位(?:朋友|网友|读者|小伙伴)?|你们?|您|读者|网友|粉丝|小伙伴们?|朋友们?"),
    ("讲", rf"(?P<tell>{_TELL})(?:一(?P=tell)|(?P=tell)|一下)?"),
    ("不清楚", "不太?(?:知道|清楚|了解|明白)|搞不清楚?|弄不清楚?"),
    ("疑问", "困惑|疑惑|疑问|迷茫|好奇"),
    ("现在", "现在|今天|今日|下面|接下来|这就|马上|那么"),
    ("给", "给|为|帮|带|跟|和"),
    ("能", "能够|能|可以"),
    ("帮助", "(?:有所|有些|带来|有)?(?:一些|一点)?(?:帮助|帮到)"),
    ("赞", "点赞|收藏|转发|关注"),
    ("", "逐条|详细|一一|逐一|具体|简单|仔细|一起|的|了"),
)
_SWAPS = re.compile("|".join(f"(?P<s{at}>{words})" for at, (_, words) in enumerate(_SWAPPED)))


@lru_cache(maxsize=1 << 16)
def skeleton(key: str) -> str:
    """What a masked clause is compared by: of talk, its words without the swaps."""
    if kind_of(key) != "talk":
        return key
    swapped = _SWAPS.sub(lambda found: _SWAPPED[int(str(found.lastgroup)[1:])][0], key)
    return f"{_TALK_SIGN}{swapped}"


def kind_of(key: str) -> Kind:
    """What a masked clause is about.

    ``talk``: about the text or to its readers; ``titled``: holds the title and other words;
    ``part``: holds a part of the title, as answers do; ``plain``: anything else.
    """
    if key.startswith(_TALK_SIGN):
        return "talk"
    titled = TITLE_MARK in key
    part = PART_MARK in key
    if _TALK.search(key) or ((titled or part) and _ASKED.search(key)):
        return "talk"
    if part:
        return "part"
    return "titled" if titled and key.strip(TITLE_MARK) else "plain"
