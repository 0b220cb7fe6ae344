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

# Bag of characters and bigrams, {dimension} dimensions

Encodes short Chinese questions about loans, and the passages that may answer them, so
that the cosine of two vectors says how alike in meaning their texts are. A text is the
sum of a learnt row for each of its distinct characters and character bigrams (`^` and
`$` stand for its ends), brought to length 1. {features:,} features x {dimension}
dimensions, float16, {megabytes:.1f} MB.

## Use

```python
from pathlib import Path
from indexer.encoders import open_encoder

encoder = open_encoder(Path("this/folder"))  # NumPy alone, opens in milliseconds
vectors = encoder.encode_queries(["花呗怎么还款"])  # (1, {dimension}) float32, length 1
```

It is a sentence-transformers folder as well, and gives the same vectors:
`SentenceTransformer("this/folder", trust_remote_code=True)`, with loanfaq installed, for
the module class is loanfaq's. No prompts. Text of any length is summed whole, never cut;
a text in which no feature is known gets the zero vector.

## Learnt from

| set | pairs | judged the same | seen per epoch |
|---|---:|---:|---:|
{trained_on}

{notes}\
No sentence of them is in this folder; single characters and bigrams that occur in at
least {min_count} of their texts are.

## Recipe

CoSENT (scale {cosent_scale:g}, weight {cosent_weight:g}) over all pairs, plus symmetric
multiple-negatives ranking (temperature {temperature:g}) over the pairs judged the same, each
with one question judged different; candidates that pairs tie to the same question are
masked. Rows start in random directions as long as their inverse document frequency.
Batches of {batch_size:,}, Adam from {learning_rate:g} falling linearly to 0, {epochs} epochs,
feature dropout {dropout:g}, at most {max_features:,} features, seed {seed}. Took {seconds:.0f} s.

## Measured

{measured_on}

Fingerprint `{fingerprint}` (SHA-256 over table and features).

## Limits

- It knows characters and their neighbours, not syntax: who owes whom, what a negation
  refers to and the order of clauses are lost on it, and so are numbers it never saw.
- It knows the products and wordings of what it learnt from. Other products, other wordings
  and other fields it knows by their characters only.
- A long passage about many things is like none of them strongly: cut text into passages.
- Cosines are for ranking. What counts as an answer needs a threshold fitted on judged
  questions.
- Whatever slant is in the questions it learnt from is in its vectors.
"""


def model_card(report: TrainingReport, recipe: Recipe, notes: Sequence[str] = ()) -> str:
    """The card of a trained model, in Markdown.

    Args:
        report: what training read, made and measured.
        recipe: the settings it ran with.
        notes: lines on where the pairs come from and on their terms.
    """
    return _CARD.format(
        dimension=report.dimension,
        features=report.features,
        megabytes=report.bytes / 1e6,
        trained_on="\n".join(_trained_row(found) for found in report.trained_on),
        notes="".join(f"- {note}\n" for note in notes) + "\n" * bool(notes),
        min_count=recipe.min_count,
        cosent_scale=recipe.cosent_scale,
        cosent_weight=recipe.cosent_weight,
        temperature=recipe.temperature,
        batch_size=recipe.batch_size,
        learning_rate=recipe.learning_rate,
        epochs=recipe.epochs,
        dropout=recipe.dropout,
        max_features=recipe.max_features,
        seed=recipe.seed,
        seconds=report.seconds,
        measured_on=_measured(report.measured_on),
        fingerprint=report.fingerprint,
    )


def _trained_row(found: SetReport) -> str:
    return f"| {found.name} | {found.pairs:,} | {found.same:,} | {found.times} |"


def _measured(sets: Sequence[SetReport]) -> str:
    if not sets:
        return "Not measured: no pairs were kept for it."
    rows = [
        f"| {found.name} | {found.pairs:,} | {found.same:,} | {found.spearman:.2f} |"
        for found in sets
    ]
    head = [
        "Spearman's correlation of cosines with judgments, times 100, on pairs kept for choosing",
        "between settings (so slightly flattered):",
        "",
        "| set | pairs | judged the same | Spearman |",
        "|---|---:|---:|---:|",
    ]
    return "\n".join([*head, *rows])
