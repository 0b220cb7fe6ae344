"""The model card: what a trained model is, learnt from, reached and cannot do.

After Mitchell et al., "Model Cards for Model Reporting", 2019, arXiv:1810.03993.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.training.recipe import Recipe
from indexer.training.report import SetReport, TrainingReport

_CARD = """\
---
language: zh
library_name: sentence-transformers
pipeline_tag: sentence-similarity
---

# A small transformer beside a bag of bigrams, {dimension} dimensions

Encodes short Chinese questions about loans, and the passages that may answer them, so
that the cosine of two vectors says how alike in meaning their texts are. A transformer of
{layers} layers reads each character with the bigrams on its both sides; a bag sums a row for
each distinct character and bigram; the two vectors, each of length 1, are added.
{rows:,} rows, {megabytes:.1f} MB in all. The first {half} numbers alone, brought to length 1, make
a shorter vector that is nearly as good.

## Use

```python
from pathlib import Path
from indexer.encoders import open_encoder

encoder = open_encoder(Path("this/folder"))  # NumPy and onnxruntime, no torch
vectors = encoder.encode_queries(["花呗怎么还款"])  # (1, {dimension}) float32, length 1
```

It is a sentence-transformers folder as well, and gives the same vectors:
`SentenceTransformer("this/folder", trust_remote_code=True)`, with loanfaq installed, for
the module class is loanfaq's. No prompts. Text beyond {window} characters is read in windows,
never cut; a text in which no character is known gets the zero vector.

## Learnt from

{start}
| set | pairs | judged the same | seen per round |
|---|---:|---:|---:|
{trained_on}

{notes}\
No sentence of them is in this folder; single characters and bigrams that several of their
texts share are.

## Recipe

{recipe}

## Measured

{measured_on}

Fingerprint `{fingerprint}` (SHA-256 over the folder's files).

## Limits

- It is small: fine points of syntax, such as who owes whom or which clause a negation
  governs, are often lost on it, and so are numbers it never saw.
- It knows the products and wordings of what it learnt from. Other products, other wordings
  and other fields it knows by their characters and bigrams only.
- A long passage about many things is like none of them strongly: cut text into passages.
- Cosines are for ranking. What counts as an answer needs a threshold fitted on judged
  questions.
- Whatever slant is in the questions it learnt from is in its vectors.
"""

_PRETRAINED = """\
First masked reading of {texts:,} texts, {pretrain_steps:,} steps of about {pretrain_characters:,}
characters: {masked:.0%} of the words hidden, a tenth of these misspelt by characters that sound
alike, and the text's characters foretold from the mean state; AdamW from {pretrain_rate:g}
falling linearly to 0. Then pairs: """

_PAIRS = """\
multiple-negatives ranking in both directions (temperature {temperature:g}) over the pairs
judged the same, among all texts of a batch that no chain of such pairs ties to them, plus
CoSENT (scale {cosent_scale:g}, weight {cosent_weight:g}) over all pairs, set by set; the same,
weighted {short_weight:g}, on the first half of the numbers, and, weighted {alone_weight:g}, on the
transformer alone. {steps:,} steps of about {batch_pairs:,} pairs, AdamW from {rate:g} (rows read
{input_rate:g}, rows summed {bag_rate:g}) falling linearly to 0; dropout {dropout:g}, rows left
out of the bag {bag_dropout:g}, characters hidden {hidden:g}. Seed {seed}. Took {seconds:.0f} s."""

_KEPT = """ Weighted {keep_weight:g}, the distance that titles and leads of the bundled
corpus moved from where the start puts them."""


def model_card(report: TrainingReport, recipe: Recipe, notes: Sequence[str] = ()) -> str:
    """The card of a trained model, in Markdown.

    Args:
        report: what training read, made and measured.
        recipe: the settings it ran with.
        notes: lines on where the pairs come from and on their terms.
    """
    return _CARD.format(
        dimension=report.shape.dimension,
        half=report.shape.dimension // 2,
        layers=report.shape.layers,
        window=report.shape.window,
        rows=report.rows,
        megabytes=report.bytes / 1e6,
        start=f"Adapted from {report.start}.\n" if report.start else "",
        trained_on="\n".join(_trained_row(found) for found in report.trained_on),
        notes="".join(f"- {note}\n" for note in notes) + "\n" * bool(notes),
        recipe=_recipe(report, recipe),
        measured_on=_measured(report.measured_on),
        fingerprint=report.fingerprint,
    )


def _recipe(report: TrainingReport, recipe: Recipe) -> str:
    settings = {name: getattr(recipe, name) for name in Recipe.__slots__}
    settings |= {"texts": report.texts_read, "steps": report.steps, "seconds": report.seconds}
    parts = [_PRETRAINED] * bool(report.texts_read) + [_PAIRS]
    parts += [_KEPT] * bool(report.start and recipe.keep_weight)
    text = "".join(parts).format(**settings)
    return text[0].upper() + text[1:]


def _trained_row(found: SetReport) -> str:
    return f"| {found.name} | {found.pairs:,} | {found.same:,} | {found.times} |"


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
