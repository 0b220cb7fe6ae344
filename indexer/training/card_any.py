"""The parts of the card of any other model."""

from __future__ import annotations

from indexer.training.card_parts import JUDGED, KEPT, TAUGHT, CardParts
from indexer.training.recipe import Recipe
from indexer.training.report import TrainingReport

_ABOUT = """\
Trained further from {start}, whose files, terms and limits it shares. {parameters:,}
parameters, {megabytes:.1f} MB in all."""

_USE = """\
```sh
loanfaq index --model this/folder faq.jsonl
```

Or `SentenceTransformer("this/folder").encode(["花呗怎么还款"], normalize_embeddings=True)`,
{dimension} numbers. {prompt} A text that is longer than the model reads is cut."""

_RECIPE = """. {steps:,} steps of about
{batch_pairs:,} pairs, AdamW from {rate:g} falling linearly to 0, with the dropout that the model
brings. Seed {seed}. Took {seconds:.0f} s."""

_LIMITS = ("It knows the products and wordings of what it learnt from better than others.",)


def other_parts(report: TrainingReport, recipe: Recipe) -> CardParts:
    """What the card of a model says that loanfaq did not make."""
    settings = {name: getattr(recipe, name) for name in Recipe.__slots__}
    settings |= {"steps": report.steps, "seconds": report.seconds}
    recipe_text = (
        (TAUGHT if report.teachers else JUDGED) + _RECIPE + KEPT * bool(recipe.keep_weight)
    )
    read_behind = f"Every text of the training was read behind the prompt “{report.prompt}”."
    return CardParts(
        title=f"A sentence encoder, {report.dimension} dimensions",
        about=_ABOUT.format(
            start=report.start, parameters=report.parameters, megabytes=report.bytes / 1e6
        ),
        use=_USE.format(
            dimension=report.dimension, prompt=read_behind if report.prompt else "No prompt."
        ),
        terms="No text of them is in this folder.",
        recipe=recipe_text.format(**settings),
        limits=_LIMITS,
    )
