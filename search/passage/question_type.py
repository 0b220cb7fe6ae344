"""What kind of answer a question asks for."""

from __future__ import annotations

import re
from typing import Literal

QuestionType = Literal["why", "how", "choose", "effect", "amount", "whether", "meaning", "other"]

# At the end of a clause: a mark, a space or nothing follows.
_END = r"(?=$|[,.?!;、。 ])"
_FORMS: dict[QuestionType, re.Pattern[str]] = {
    "why": re.compile(
        "为什么|为啥|为何|凭什么|凭啥|原因|回事|啥情况|什么情况|啥毛病|卡在哪|怎么了|咋了"
        "|[咋怎]么?(?:老|总|就|还|也|又|都|会(?![样怎])|各|变|没|归|不(?!办))"
    ),
    "how": re.compile(
        "怎么办|咋办|咋整|[咋怎]么?[弄搞]|怎样才|如何|流程|步骤|手续(?!费)|材料|条件|处理|办理|补救"
        "|[咋怎]么?(?:才能|申请|开|取消|退|换|改|查|谈|关|注销|办|要|填|写|证明|投诉|解|处)"
        f"|(?:找谁|去哪|上哪|在哪|跟谁)|回来{_END}"
    ),
    "choose": re.compile(
        "(?:怎么|咋)选|选哪|先用哪|[哪那]个(?:好|划算|合适|省|便宜|更|先)|[哪那](?:样|种)(?:好|划算|省|少|更)"
        "|该点哪|还是.{1,12}(?:好|合适|就行|行)"
    ),
    "effect": re.compile(
        "[会要能](?:咋样|怎么?样|怎么着)|后果|(?:啥|什么|哪些)(?:影响|风险|责任|麻烦)|套路"
    ),
    "amount": re.compile(
        "多少|几多|多久|多长|多高|(?<![十好有这那这了])几[天年个次月期块成元点岁折倍日]|最[长多高少]"
        "|怎么算|咋算|怎么推|咋推|公[式试]|上限|期限"
    ),
    "meaning": re.compile(
        "什么意思|啥意思|是什么|是啥|啥玩意|干嘛的|什么叫|指的是|含义|区别|不同|不一样|差在[哪那]|对比"
    ),
    "whether": re.compile(
        "能不能|会不会|要不要|可不可以|是不是|算不算|该不该|行不行|有没有|用不用|能否|是否|可否|真的假的"
        f"|[吗嘛么不没]{_END}"
    ),
}


def question_type(text: str) -> QuestionType:
    """What a question asks for, by the last form of asking in it: the story comes first.

    Args:
        text: the question, normalised.
    """
    last: tuple[int, QuestionType] = (-1, "other")
    for kind, form in _FORMS.items():
        for found in form.finditer(text):
            if found.start() > last[0]:
                last = (found.start(), kind)
    return last[1]
