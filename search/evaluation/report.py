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
from search.evaluation.passages import PassagesShown, format_passages, measure_passages
from search.evaluation.spelling import Spelling, format_spelling, measure_spelling
from search.response import Mode, Status


@dataclass(frozen=True, slots=True)
class Report:
    """What an evaluation found.

    Attributes:
        modes: metrics of words only, vectors only and both.
        kinds: metrics of both, by kind of question.
        unknown_articles: judged articles that the index does not have.
        statuses: how often each status was given, for answerable questions and others.
        worst: the worst outcomes of both.
        spelling: what the correction of questions does; all else is of questions as they
            are written.
        passages: by part of the judged passages, how often the right one was shown.
    """

    judgments: str
    index_version: str
    questions: int
    unanswerable: int
    unknown_articles: int
    modes: Mapping[Mode, Metrics]
    kinds: Mapping[str, Metrics]
    statuses: Mapping[str, Mapping[Status, int]]
    worst: Sequence[Outcome]
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
            "kinds": {kind: metrics.to_json() for kind, metrics in self.kinds.items()},
            "statuses": {name: dict(counts) for name, counts in self.statuses.items()},
            "spelling": self.spelling.to_json(),
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
        kinds=by_kind(both),
        statuses=status_counts(both),
        worst=worst(both, worst_count),
        spelling=measure_spelling(engine, both),
        passages=shown,
    )
    engine.close()
    return report


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
    if report.kinds:
        lines += ["", _HEADER.format("both, by kind")]
        lines += [_row(kind, metrics) for kind, metrics in report.kinds.items()]
    lines += ["", f"{'status given':<16}{'answered':>10}{'suggested':>10}{'none':>10}"]
    lines += [
        f"{name:<16}" + "".join(f"{counts[status]:>10}" for status in counts)
        for name, counts in report.statuses.items()
    ]
    lines += ["", format_spelling(report.spelling)]
    if report.passages:
        lines += ["", *format_passages(report.passages)]
    if report.worst:
        lines += ["", "worst of both"]
        lines += [_worst_line(each) for each in report.worst]
    return "\n".join(lines)


_HEADER = "{:<16}     n   Hit@1  MRR@10 Recall@10 nDCG@10  no-answer AUROC"


def _row(name: str, metrics: Metrics) -> str:
    auroc = metrics.no_answer_auroc
    return (
        f"{name:<16}{metrics.questions:>6}{metrics.hit_at_1:>8.3f}{metrics.mrr_at_10:>8.3f}"
        f"{metrics.recall_at_10:>10.3f}{metrics.ndcg_at_10:>8.3f}"
        + (f"{auroc:>17.3f}" if auroc is not None else "")
    ).rstrip()


def _worst_line(outcome: Outcome) -> str:
    found = ", ".join(outcome.ranking[:2]) or "nothing"
    if not outcome.judgment.answerable:
        return f"  surest of none ({outcome.confidence:.2f}): {outcome.judgment.query} → {found}"
    wanted = ", ".join(sorted(outcome.judgment.best))
    place = f"at {outcome.rank}" if outcome.rank else "not in the first 10"
    return f"  {place}: {outcome.judgment.query} → {found}; wanted {wanted}"
