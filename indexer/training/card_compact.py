"""The parts of a compact model's card."""

from __future__ import annotations

from indexer.encoders.compact_files import Shape
from indexer.training.card_parts import JUDGED, KEPT, TAUGHT, CardParts
from indexer.training.recipe import Recipe
from indexer.training.report import TrainingReport

_ABOUT = """\
{transformers} of {layers} layers {read} each character with the bigrams on its both sides; a
bag sums a row for each distinct character and bigram; their vectors, each of length 1, are
{added}. {rows:,} rows, {megabytes:.1f} MB in all. The first {half} numbers alone, brought to
length 1, make a shorter vector that is nearly as good."""

_USE = """\
```python
from pathlib import Path
from indexer.encoders import open_encoder

encoder = open_encoder(Path("this/folder"))  # NumPy and onnxruntime, no torch
vectors = encoder.encode_queries(["花呗怎么还款"])  # (1, {dimension}) float32, length 1
```

It is a sentence-transformers folder as well, and gives nearly the same vectors, in float32
throughout (cosine 0.999 and more):
`SentenceTransformer("this/folder", trust_remote_code=True)`, with loanfaq installed, for
the module class is loanfaq's. No prompts. Text beyond {window} characters is read in windows,
never cut; a text in which no character is known gets the zero vector."""

_TERMS = """\
No sentence of them is in this folder; single characters and bigrams that several of their
texts share are."""

_GROWN = """\
Beside {start}, all of which stays as it was, a new transformer of {grow} layers that reads the same
rows and learns by itself. At the end it counts as much as all before it, and both are projected
onto the principal axes that they have for texts of the pairs. """

_PRETRAINED = """\
First masked reading of {texts:,} texts, {pretrain_steps:,} steps of about {pretrain_characters:,}
characters: {masked:.0%} of the words hidden, a tenth of these misspelt by characters that sound
alike, and the text's characters foretold from the mean state; Muon over the matrices of layers and
AdamW over all else, both from {pretrain_rate:g} falling linearly to 0. """

_TABLES = "(rows read {input_rate:g}, rows summed {bag_rate:g}) "
_ALONE = " and, weighted {alone_weight:g}, on the newest transformer alone"
_LEFT_OUT = "rows left out of the bag {bag_dropout:g}, "

_PAIRS = """; the same,
weighted {short_weight:g}, on the first half of the numbers{alone}.
{steps:,} steps of about {batch_pairs:,} pairs, AdamW from {rate:g} {tables}falling linearly to 0;
dropout {dropout:g}, {left_out}characters hidden {hidden:g}. Seed {seed}. {balanced}
Took {seconds:.0f} s."""
_BALANCED = """Then the
transformer's share was multiplied by {balance:g}, of some factors the best on the dev pairs."""
_TURNED = """ At the end all
was turned onto the principal axes that the vectors have for texts of the pairs: no cosine changes,
and the first numbers say as much as so many can."""

_LIMITS = (
    """It is small: fine points of syntax, such as who owes whom or which clause a negation
  governs, are often lost on it, and so are numbers it never saw.""",
    """It knows the products and wordings of what it learnt from. Other products, other wordings
  and other fields it knows by their characters and bigrams only.""",
    "A long passage about many things is like none of them strongly: cut text into passages.",
)


def compact_parts(report: TrainingReport, shape: Shape, recipe: Recipe) -> CardParts:
    """What the card of a compact model says."""
    return CardParts(
        title=f"{_kind(shape)} beside a bag of bigrams, {shape.dimension} dimensions",
        about=_ABOUT.format(
            transformers="A transformer" if len(shape.layers) == 1 else "Transformers",
            read="reads" if len(shape.layers) == 1 else "read",
            layers=" and ".join(map(str, shape.layers)),
            rows=report.rows,
            megabytes=report.bytes / 1e6,
            half=shape.dimension // 2,
            added="added" if len(shape.layers) == 1 else "projected onto shared axes and added",
        ),
        use=_USE.format(dimension=shape.dimension, window=shape.window),
        terms=_TERMS,
        recipe=_recipe(report, recipe),
        limits=_LIMITS,
    )


def _kind(shape: Shape) -> str:
    return "A small transformer" if len(shape.layers) == 1 else "Small transformers"


def _recipe(report: TrainingReport, recipe: Recipe) -> str:
    settings = {name: getattr(recipe, name) for name in Recipe.__slots__}
    settings |= {"texts": report.texts_read, "steps": report.steps, "seconds": report.seconds}
    # What only the bag, the tables and the whole learn from: of what grows they stay.
    whole = {"tables": _TABLES, "alone": _ALONE, "left_out": _LEFT_OUT}
    for name, text in whole.items():
        settings[name] = "" if recipe.grow else text.format(**settings)
    settings["start"] = report.start
    balanced = report.balance is not None
    settings["balanced"] = _BALANCED.format(balance=report.balance) if balanced else ""
    parts = [_GROWN] * bool(recipe.grow) + [_PRETRAINED] * bool(report.texts_read)
    parts += [TAUGHT if report.teachers else JUDGED, _PAIRS]
    kept = bool(report.start and recipe.keep_weight)
    parts += [KEPT] * kept + [_TURNED] * (not kept and not recipe.grow)
    return "".join(parts).format(**settings)
