"""The report of an evaluation: a table over modes, kinds of questions, worst cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from indexer.judgments import Judgment
from indexer.passage_judgments import Part, PassageJudgment
from indexer.progress import progress_bar
from search.engine import SearchEngine
from search.evaluation.evaluate import (
    MODES,
    Metrics,
    Outcome,
    ask,
    by_kind,
    check_known,
    measure,
    status_counts,
    worst,
)
from search.evaluation.families import FamilyOrder, family_order
from search.evaluation.passages import PassagesShown, format_passages, measure_passages
from search.evaluation.reliability import Reliability, format_reliability, reliability
from search.evaluation.spelling import Spelling, format_spelling, measure_spelling
from search.response import Mode, Status


@dataclass(frozen=True, slots=True)
class Report:
    """What an evaluation found.

    Attributes:
        modes: metrics of words only, vectors only and both.
        kinds: metrics of each mode, by kind of question.
        unknown_articles: judged articles that the index does not have.
        statuses: how often each status was given, for answerable questions and others.
        worst: the worst outcomes of both.
        spelling: what the correction of questions does; all else is of questions as they
            are written.
        passages: by part of the judged passages, how often the right one was shown.
        families: how often a right article stands above its wrong neighbours, by both.
        reliability: whether the likelihoods of both mean what they say; None where the
            index has no calibration.
    """

    judgments: str
    index_version: str
    questions: int
    unanswerable: int
    unknown_articles: int
    modes: Mapping[Mode, Metrics]
    kinds: Mapping[Mode, Mapping[str, Metrics]]
    statuses: Mapping[str, Mapping[Status, int]]
    worst: Sequence[Outcome]
    families: FamilyOrder
    reliability: Reliability | None
    spelling: Spelling
    passages: Mapping[Part, PassagesShown] = field(default_factory=dict)

    def to_json(self) -> dict[str, object]:
        """The object that ``--json`` gives."""
        return {
            "judgments": self.judgments,
            "index_version": self.index_version,
            "questions": self.questions,
            "unanswerable": self.unanswerable,
            "unknown_articles": self.unknown_articles,
            "modes": {mode: metrics.to_json() for mode, metrics in self.modes.items()},
            "kinds": {
                mode: {kind: metrics.to_json() for kind, metrics in kinds.items()}
                for mode, kinds in self.kinds.items()
            },
            "statuses": {name: dict(counts) for name, counts in self.statuses.items()},
            "spelling": self.spelling.to_json(),
            "families": self.families.to_json(),
            "reliability": self.reliability.to_json() if self.reliability else None,
            "worst": [
                {
                    "query": each.judgment.query,
                    "kind": each.judgment.kind,
                    "relevant": dict(each.judgment.relevant),
                    "rank": each.rank,
                    "found": list(each.ranking[:3]),
                    "confidence": round(each.confidence, 4),
                }
                for each in self.worst
            ],
            "passages": {part: shown.to_json() for part, shown in self.passages.items()},
        }


def evaluate(
    folder: Path,
    judgments: Sequence[Judgment],
    name: str,
    worst_count: int,
    passages: Sequence[PassageJudgment] = (),
) -> Report:
    """Ask every judged question of the index in every mode, and for every judged passage."""
    engine = SearchEngine.open(folder)
    unknown = check_known(engine, judgments)
    outcomes = {}
    with progress_bar("evaluate", len(judgments) * len(MODES) + len(passages)) as advance:
        for mode in MODES:
            outcomes[mode] = ask(engine, judgments, mode, advance)
        shown = measure_passages(engine, passages, advance)
    both = outcomes["hybrid"]
    report = Report(
        judgments=name,
        index_version=engine.index_version,
        questions=len(judgments),
        unknown_articles=unknown,
        unanswerable=sum(not each.answerable for each in judgments),
        modes={mode: measure(found) for mode, found in outcomes.items()},
        kinds={mode: by_kind(found) for mode, found in outcomes.items()},
        statuses=status_counts(both),
        worst=worst(both, worst_count),
        spelling=measure_spelling(engine, both),
        passages=shown,
        families=family_order(judgments, [each.ranking for each in both], engine.families()),
        reliability=_reliability(both) if engine.manifest.calibration else None,
    )
    engine.close()
    return report


def _reliability(outcomes: Sequence[Outcome]) -> Reliability:
    found = [each for each in outcomes if each.ranking]
    return reliability([each.confidence for each in found], [each.rank == 1 for each in found])


def format_report(report: Report) -> str:
    """The report as text."""
    lines = [
        f"{report.questions} judged questions, {report.unanswerable} of them that nothing "
        f"answers: {report.judgments}",
        *(
            [f"{report.unknown_articles} judged articles are not in this index"]
            if report.unknown_articles
            else []
        ),
        "",
        _HEADER.format("ranked by"),
        *(_row(MODES[mode], metrics) for mode, metrics in report.modes.items()),
    ]
    for mode, kinds in report.kinds.items():
        if kinds:
            lines += ["", _HEADER.format(f"{MODES[mode]}, by kind").partition("  no-answer")[0]]
            lines += [_row(kind, metrics) for kind, metrics in kinds.items()]
    if report.families.questions:
        shown = report.families
        lines += [
            "",
            f"near neighbours: the right article above the wrong ones of its family in "
            f"{shown.in_order} of {shown.questions} questions "
            f"({shown.in_order / shown.questions:.3f})",
        ]
    lines += ["", f"{'status given':<16}{'answered':>10}{'suggested':>10}{'none':>10}"]
    lines += [
        f"{name:<16}" + "".join(f"{counts[status]:>10}" for status in counts)
        for name, counts in report.statuses.items()
    ]
    lines += ["", format_spelling(report.spelling)]
    if report.passages:
        lines += ["", *format_passages(report.passages)]
    if report.reliability:
        lines += ["", format_reliability(report.reliability)]
    if report.worst:
        lines += ["", "worst of both"]
        lines += [_worst_line(each) for each in report.worst]
    return "\n".join(lines)


_HEADER = "{:<22}     n   Hit@1  MRR@10 Recall@10 nDCG@10  no-answer AUROC  near misses"


def _row(name: str, metrics: Metrics) -> str:
    told = (metrics.no_answer_auroc, metrics.near_miss_auroc)
    return (
        f"{name:<22}{metrics.questions:>6}{metrics.hit_at_1:>8.3f}{metrics.mrr_at_10:>8.3f}"
        f"{metrics.recall_at_10:>10.3f}{metrics.ndcg_at_10:>8.3f}"
        + "".join(
            f"{auroc:>{width}.3f}"
            for auroc, width in zip(told, (17, 13), strict=True)
            if auroc is not None
        )
    ).rstrip()


def _worst_line(outcome: Outcome) -> str:
    found = ", ".join(outcome.ranking[:2]) or "nothing"
    if not outcome.judgment.answerable:
        return f"  surest of none ({outcome.confidence:.2f}): {outcome.judgment.query} → {found}"
    wanted = ", ".join(sorted(outcome.judgment.best))
    place = f"at {outcome.rank}" if outcome.rank else "not in the first 10"
    return f"  {place}: {outcome.judgment.query} → {found}; wanted {wanted}"
