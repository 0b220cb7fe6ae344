"""The model card: what a trained model is, learnt from, reached and cannot do.

After Mitchell et al., "Model Cards for Model Reporting", 2019, arXiv:1810.03993.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from indexer.training.card_any import other_parts
from indexer.training.card_compact import compact_parts
from indexer.training.recipe import Recipe
from indexer.training.report import SetReport, TrainingReport

CARD = "README.md"
_TAG = "- loanfaq-train"
_CARD = """\
---
language: zh
library_name: sentence-transformers
pipeline_tag: sentence-similarity
tags:
{tag}
---

# {title}

Encodes short Chinese questions about loans, and the passages that may answer them, so
that the cosine of two vectors says how alike in meaning their texts are. {about}

## Use

{use}

## Learnt from

{start}
{trained_on}

{notes}\
{terms}

## Recipe

{recipe}

## Measured

{measured_on}

Fingerprint `{fingerprint}` (SHA-256 over the folder's files).

## Limits

{limits}
- Cosines are for ranking. What counts as an answer needs a threshold fitted on judged
  questions.
- Whatever slant is in the questions it learnt from is in its vectors.
"""

_TRAINED_ON = [
    "| set | pairs | judged the same | rounds | ranking | CoSENT |",
    "|---|---:|---:|---:|---:|---:|",
]
_TAUGHT_ON = ["| set | pairs | judged the same | rounds |", "|---|---:|---:|---:|"]
_ROUNDS = "Rounds: how often its pairs came while a set of 1 round came once. "
_LOSSES = "Ranking and CoSENT: how\nmuch its pairs counted in the two losses."
_UNASKED = "How pairs were\njudged was not asked: what the teachers say of their texts was learnt."


def model_card(report: TrainingReport, recipe: Recipe, notes: Sequence[str] = ()) -> str:
    """The card of a trained model, in Markdown.

    Args:
        report: what training read, made and measured.
        recipe: the settings it ran with.
        notes: lines on where the pairs come from and on their terms.
    """
    if report.shape is not None:
        parts = compact_parts(report, report.shape, recipe)
    else:
        parts = other_parts(report, recipe)
    return _CARD.format(
        tag=_TAG,
        title=parts.title,
        about=parts.about,
        use=parts.use,
        start=_start(report, recipe),
        trained_on=_taught_on(report) if report.teachers else _trained_on(report),
        notes="".join(f"- {note}\n" for note in notes) + "\n" * bool(notes),
        terms=parts.terms,
        recipe=parts.recipe,
        measured_on=_measured(report.measured_on),
        fingerprint=report.fingerprint,
        limits="\n".join(f"- {limit}" for limit in parts.limits),
    )


def _start(report: TrainingReport, recipe: Recipe) -> str:
    """A line on where it comes from; of a new model that nobody taught, none."""
    verb = "Grown" if recipe.grow else "Begun" if report.teachers else "Adapted"
    start = f"{verb} from {report.start}" if report.start else "Begun from nothing"
    if report.teachers:
        start += f" and taught by {_listed(report.teachers)}"
    return f"{start}.\n" if report.start or report.teachers else ""


def _listed(names: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def was_trained_here(folder: Path) -> bool:
    """Whether a folder has a card that `model_card` made."""
    try:
        with (folder / CARD).open(encoding="utf-8") as lines:
            return any(line.rstrip() == _TAG for line, _ in zip(lines, range(20), strict=False))
    except (OSError, UnicodeDecodeError):
        return False


def _trained_on(report: TrainingReport) -> str:
    rows = [
        f"{_counted(found)} {found.weights.ranking:g} | {found.weights.cosent:g} |"
        for found in report.trained_on
    ]
    return "\n".join([*_TRAINED_ON, *rows, "", _ROUNDS + _LOSSES])


def _taught_on(report: TrainingReport) -> str:
    return "\n".join([*_TAUGHT_ON, *map(_counted, report.trained_on), "", _ROUNDS + _UNASKED])


def _counted(found: SetReport) -> str:
    return f"| {found.name} | {found.pairs:,} | {found.same:,} | {found.weights.rounds:g} |"


def _measured(sets: Sequence[SetReport]) -> str:
    if not sets:
        return "Not measured: no pairs were kept for it."
    rows = [
        f"| {found.name} | {found.pairs:,} | {found.same:,} | {_score(found.before)} "
        f"| {_score(found.spearman)} |"
        for found in sets
    ]
    head = [
        "Spearman's correlation of cosines with judgments, times 100, on pairs kept for choosing",
        "between settings (so slightly flattered), and that of the model training began from:",
        "",
        "| set | pairs | judged the same | before | Spearman |",
        "|---|---:|---:|---:|---:|",
    ]
    return "\n".join([*head, *rows])


def _score(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
