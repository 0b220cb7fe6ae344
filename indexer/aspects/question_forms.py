"""Forms that ask and never negate: 能不能, 会不会, 可不可以, 有没有, …吗, …没有."""

from __future__ import annotations

import re

# 能不能 and 会不会 ask; 还没还 and 还不还 say, as in 还没还清.
_VERB_NOT_VERB = re.compile(r"(?P<verb>[^还不没,，。;；?？!！ ]{1,2})(?:不|没)(?P=verb)")
# Whether it is there or not is left open, so that neither side is taken.
_HAVE_OR_NOT = re.compile(r"有没有|有无|有木有")
_WHETHER = re.compile(r"能否|可否|是否|会否|要否")
_ENDS = re.compile(r"(?:没有|没|不|否|吗|么|嘛|呢|吧|啊|呀|呐)+(?=$|[,，。;；?？!！、 ])")
_OPEN = "〓"
_ASKS_AT_END = re.compile(r"(?:没有|[没不否吗么嘛吧])[呢啊呀呐了]*$")
_ASKS_WHAT = re.compile(r"什么|为啥|怎|咋|如何|哪|啥|多[少久]|几")


def without_question_forms(text: str) -> str:
    """A normalised text in which what is left of 不 and 没 negates.

    能不能X and X吗 become what 能X says: 能X. 有没有X is left open.
    """
    text = _HAVE_OR_NOT.sub(_OPEN, text)
    text = _VERB_NOT_VERB.sub(lambda match: match["verb"], text)
    text = _WHETHER.sub(lambda match: match[0][0].replace("可", "可以"), text)
    return _ENDS.sub("", text)


def asks_whether(clause: str) -> bool:
    """Whether a clause asks if something is so, rather than what, how or why it is."""
    forms = (_ASKS_AT_END, _VERB_NOT_VERB, _WHETHER, _HAVE_OR_NOT)
    return not asks_what(clause) and any(form.search(clause) for form in forms)


def asks_what(clause: str) -> bool:
    """Whether a clause asks what, how, why or how much."""
    return _ASKS_WHAT.search(clause) is not None
