"""What speaks for showing a passage of an article."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from indexer.article import Passage
from indexer.store.passage_words import PassageWords
from search.passage.question_type import QuestionType
from search.passage.wanted import Wanted, WantedWord

Feature = Literal[
    "lead",
    "lead_why",
    "lead_choose",
    "lead_effect",
    "lead_amount",
    "lead_whether",
    "lead_meaning",
    "list",
    "list_why",
    "item",
    "fitting",
    "fitting_list",
    "first_fitting",
    "near",
    "told",
    "told_share",
    "named",
    "number",
]
FEATURES: tuple[Feature, ...] = get_args(Feature)

# How writers name what answers a kind of question, in a heading or where a list begins.
_FITTING: dict[QuestionType, re.Pattern[str]] = {
    "why": re.compile(
        "原因|为什么|为何|可能|卡在|差在|出在|哪[一几]?[种条样]|情形|情况|怎么定|怎么会|看什么|[通常]看"
    ),
    "how": re.compile(
        "步骤|顺序|次序|流程|做法|怎么(?!样|会|定|算)|怎样|如何|[该要先做]做|做什么|这样做|照着?做"
        "|处理|申请|应诉|材料|准备|退还|更正|办理|收场|补救|条件"
    ),
    "choose": re.compile("选|该用|划算|适合"),
    "effect": re.compile("后果|代价|麻烦|付出|影响|风险|责任"),
}
_NUMBER = re.compile(
    r"[\d一二两三四五六七八九十百千万]+(?:\.\d+)?\s*(?:元|块|%|万|年|个?月|天|日|期|次|岁|倍|个基点|成|小时)"
)


_STOP = re.compile("[。．.；;：:，,！!？?\n]")
# Cosines nearer to 1 speak alike.
_NEAREST = 0.999


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one passage of an article for one question.

    Attributes:
        cosine: of its vector to the question's.
        words: its words.
    """

    passage: Passage
    cosine: float
    words: PassageWords

    @property
    def nearness(self) -> float:
        """Logarithm of how often its distance to the question goes into 1.

        The difference of two is the logarithm of how many times as near one is as the other,
        which means the same for encoders whose cosines lie high and for those where they lie low.
        """
        return -math.log(1 - min(self.cosine, _NEAREST))

    @property
    def is_list(self) -> bool:
        """Whether it introduces a list and holds it."""
        return "\n" in self.passage.text

    @property
    def first_line(self) -> str:
        """The passage without the items of its list."""
        return self.passage.text.partition("\n")[0]

    @property
    def label(self) -> PassageWords:
        """The words of what it begins with, up to the first stop: what it is about."""
        stop = _STOP.search(self.passage.text)
        return self.words.until(stop.start() if stop else len(self.passage.text))


def features(
    wanted: Wanted, title: Evidence, body: Sequence[Evidence]
) -> list[dict[Feature, float]]:
    """What speaks for each passage; what is not named is 0.

    Args:
        wanted: what the question wants.
        title: the article's title. What it has, every passage is about; and as it is what the
            lead answers, the lead is as near as the two are in the mean.
        body: the passages that can be shown, in order, the first of them the lead.
    """
    gaps = _gaps(wanted, title.words, body)
    lead_tells = _tells(gaps, body[0])
    nearest = max(each.nearness for each in body)
    found: list[dict[Feature, float]] = []
    first_fitting = True
    for at, each in enumerate(body):
        values: dict[Feature, float] = {"near": each.nearness, **_form(each, wanted.type)}
        tells = _tells(gaps, each) if at else lead_tells
        told = sum(min(tell, gap) for tell, (_, gap) in zip(tells, gaps, strict=True))
        if told:
            values["told"] = told
            values["told_share"] = told / len(wanted.words)
        new = [
            word
            for tell, before, (word, gap) in zip(tells, lead_tells, gaps, strict=True)
            if tell == gap == 1 and not before
        ]
        if new and any(word.told_by(each.label)[0] == 1 for word in new):
            values["named"] = 1.0
        if at == 0:
            values["lead"] = 1.0
            values["near"] = (each.nearness + min(title.nearness, nearest)) / 2
            if wanted.type in _LEAD_OF:
                values[_LEAD_OF[wanted.type]] = 1.0
        elif _fits(each, wanted.type):
            values["fitting"] = 1.0
            if each.is_list:
                values["fitting_list"] = 1.0
            if each.passage.kind != "item" and first_fitting:
                values["first_fitting"] = 1.0
                first_fitting = False
        found.append(values)
    return found


_LEAD_OF: dict[QuestionType, Feature] = {
    "why": "lead_why",
    "choose": "lead_choose",
    "effect": "lead_effect",
    "amount": "lead_amount",
    "whether": "lead_whether",
    "meaning": "lead_meaning",
}


def _gaps(
    wanted: Wanted, title: PassageWords, body: Sequence[Evidence]
) -> list[tuple[WantedWord, float]]:
    """Words that the title leaves open, and how far, of those that the article has at all."""
    anywhere = PassageWords.joined(each.words for each in body)
    return [
        (word, gap)
        for word in wanted.words
        if word.told_by(anywhere)[0] and (gap := 1 - word.told_by(title)[0])
    ]


def _tells(gaps: Sequence[tuple[WantedWord, float]], evidence: Evidence) -> list[float]:
    return [word.told_by(evidence.words)[0] for word, _ in gaps]


def _form(evidence: Evidence, kind: QuestionType) -> dict[Feature, float]:
    """What its form says, wherever it stands."""
    values: dict[Feature, float] = {}
    if evidence.is_list:
        values["list"] = 1.0
        if kind == "why":
            values["list_why"] = 1.0
    elif evidence.passage.kind == "item":
        values["item"] = 1.0
    if kind == "amount" and _NUMBER.search(evidence.first_line):
        values["number"] = 1.0
    return values


def _fits(evidence: Evidence, kind: QuestionType) -> bool:
    """Whether its heading, or the line that introduces its list, names such an answer."""
    form = _FITTING.get(kind)
    introduction = evidence.first_line if evidence.is_list else ""
    return bool(form and form.search(f"{evidence.passage.heading} {introduction}"))
