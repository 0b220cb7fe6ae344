"""The command ``loanfaq train``. Importing this is light: torch loads when it runs."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from indexer.training.recipe import ADAPT, GROW, TEACH, TUNE, Recipe

if TYPE_CHECKING:
    from indexer.training.report import TrainingReport
    from indexer.training.trainer import Step

_PATH = click.Path(path_type=Path)
# The settings that the command line can change; `Recipe` says what each means.
_SETTINGS: dict[str, tuple[click.ParamType[Any], str]] = {
    "dimension": (click.IntRange(8), "Of vectors; of a new model."),
    "layers": (click.IntRange(1), "Of the transformer of a new model."),
    "grow": (
        click.IntRange(1),
        "Of another transformer to train beside those of a compact model, which stay.",
    ),
    "heads": (click.IntRange(1), "Of its attention; of a new model."),
    "min_count": (click.IntRange(1), "Texts that must share a bigram for a new model to know it."),
    "pretrain_steps": (
        click.IntRange(0),
        "Steps of reading before any pairs; of a new model or transformer.",
    ),
    "pretrain_rate": (
        click.FloatRange(0, min_open=True),
        "Learning rate of that reading.",
    ),
    "steps": (click.IntRange(1), "Steps over pairs, at most."),
    "batch_pairs": (click.IntRange(2), "Pairs in a step."),
    "rate": (click.FloatRange(0, min_open=True), "Learning rate of transformers' weights."),
    "evaluate_every": (click.IntRange(1), "Steps between measurements on the dev pairs."),
    "patience": (click.IntRange(1), "Measurements without a gain that end training."),
    "seed": (click.IntRange(0, 2**32 - 1), "Of all chance."),
}


def _settings(command: Callable[..., None]) -> Callable[..., None]:
    """An option for each setting; what is not given is the recipe's."""
    for name, (kind, text) in reversed(_SETTINGS.items()):
        usual = _usual(name)
        option = f"--{name.replace('_', '-')}"
        command = click.option(option, name, type=kind, help=f"{text}  [default: {usual}]")(command)
    return command


def _usual(name: str) -> str:
    """What a setting is unless it is given, for each kind of run that it matters to."""
    if name == "grow":
        return "none"
    kinds = {
        "new": Recipe(),
        "adapted": ADAPT,
        "grown": GROW,
        "taught compact": TEACH,
        "another kind": TUNE,
    }
    if name in ("pretrain_steps", "pretrain_rate"):
        kinds = {kind: kinds[kind] for kind in ("new", "grown")}
    values = {kind: f"{getattr(recipe, name):g}" for kind, recipe in kinds.items()}
    if len(set(values.values())) == 1:
        return values["new"]
    return ", ".join(f"{value} {kind}" for kind, value in values.items())


@click.command("train")
@click.argument("pairs", nargs=-1, required=True, type=_PATH, metavar="PAIRS...")
@click.option("--out", required=True, type=_PATH, help="Folder for the model.", metavar="FOLDER")
@click.option(
    "--from",
    "start",
    metavar="MODEL",
    help="Model to begin from: a folder or a name on the Hugging Face hub, or 'none' for a new "
    "one.  [default: the bundled one]",
)
@click.option(
    "--trust-remote-code",
    is_flag=True,
    help="With --from or --teacher: let models run Python code that they bring.",
)
@click.option(
    "--teacher",
    "teachers",
    multiple=True,
    metavar="MODEL",
    help="Model to learn from in place of judgments, a folder or a name on the hub; may be given "
    "again: then the mean of what all say is learnt, and one named twice counts twice.",
)
@click.option(
    "--articles",
    multiple=True,
    metavar="SOURCE",
    help="Where the articles of judged questions are, as 'loanfaq index' takes it; may be given "
    "again.",
)
@click.option(
    "--sets",
    type=_PATH,
    metavar="FILE",
    help="TOML with what sets of pairs weigh: for each [NAME] rounds, ranking, cosent.",
)
@click.option(
    "--dev", multiple=True, type=_PATH, help="Pairs to stop early by; may be given again."
)
@click.option(
    "--text",
    "texts",
    multiple=True,
    type=_PATH,
    help="Text for a new model or transformer to read first, a sentence a line; may be given "
    "again.",
)
@click.option(
    "--checkpoint",
    type=_PATH,
    metavar="FILE",
    help="Written every few minutes; where it is there, training goes on from it.",
)
@_settings
@click.option("--note", multiple=True, help="A line for the model card on the pairs' origin.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def train(
    pairs: tuple[Path, ...],
    out: Path,
    start: str | None,
    trust_remote_code: bool,
    teachers: tuple[str, ...],
    articles: tuple[str, ...],
    sets: Path | None,
    dev: tuple[Path, ...],
    texts: tuple[Path, ...],
    checkpoint: Path | None,
    note: tuple[str, ...],
    as_json: bool,
    **settings: float | None,
) -> None:
    """Train an encoder on judged question pairs.

    PAIRS are TSV files (a<TAB>b<TAB>label, 1 for the same question, 0 for not), JSONL files
    ({"a": …, "b": …, "label": …}), plain or gzipped, and folders of them. A line of JSONL may
    also be a judged question ({"query": …, "relevant": {ID: 2}}): --articles says where the
    articles are. A file is a set; one named twice comes twice as often, and --sets weighs
    them more finely.

    Without --from the bundled model is adapted: some hundred pairs and a few minutes are
    enough, and it is kept from forgetting. Any sentence-transformers model can be trained
    further as well. --grow puts another transformer beside those of a model, which stay; it
    reads first, as does a model from none, and then learns. From none, a model first reads
    all texts with words hidden, which takes an hour or more on a small machine. The model
    folder works with --model wherever loanfaq takes one; it appears under its name when whole.

    With --teacher no label of PAIRS is looked at. What is learnt is how alike the teachers find
    their texts, above all those that they find most alike. Models made apart err in different
    places, and one that learns from several can err less than each of them.
    """
    if start == "none" and trust_remote_code and not teachers:
        raise click.UsageError("--trust-remote-code goes with a model to begin from or a teacher")
    if "none" in teachers:
        raise click.UsageError("--teacher takes a model; there is none to learn from in 'none'")
    grows = settings["grow"] is not None
    if start != "none" and texts and not grows:
        raise click.UsageError("--text goes with --from none or --grow: only what is new reads")
    recipe, begin = _beginning(start, grows=grows)
    recipe = _taught(recipe) if teachers else recipe
    recipe = replace(recipe, **{k: v for k, v in settings.items() if v is not None})  # type: ignore[arg-type]
    if recipe.dimension % recipe.heads:
        raise click.UsageError("--dimension must be a multiple of --heads")

    from indexer.training.inputs import Inputs
    from indexer.training.run import train_folder

    with _bars() as show:
        report = train_folder(
            Inputs(pairs, dev, texts, begin, sets, articles, teachers, trust_remote_code),
            out,
            recipe,
            checkpoint=checkpoint,
            notes=note,
            on_step=show,
        )
    click.echo(json.dumps(asdict(report)) if as_json else _summary(report))


def _beginning(start: str | None, *, grows: bool) -> tuple[Recipe, str | Path | None]:
    """What a run begins with, and the settings that suit it."""
    import data
    from indexer.encoders.compact_files import is_compact_folder

    compact = start is None or is_compact_folder(Path(start).expanduser())
    if grows:
        if not compact:
            raise click.UsageError("--grow goes with a model to begin from that this command made")
        return GROW, start or data.MODEL
    if start == "none":
        return Recipe(), None
    return (ADAPT if compact else TUNE), start or data.MODEL


def _taught(recipe: Recipe) -> Recipe:
    """The settings of a run that learns from teachers where it would have from judgments."""
    if recipe == ADAPT:
        return TEACH
    # Nothing is kept where it was: where texts shall be the teachers say.
    return replace(recipe, batch_pairs=TEACH.batch_pairs, keep_weight=0.0)


@contextmanager
def _bars() -> Iterator[Callable[[Step], None]]:
    """A bar for each stage, on standard error, and only where that is a terminal."""
    from tqdm import tqdm

    bars: dict[str, tqdm[NoReturn]] = {}

    def show(step: Step) -> None:
        if step.stage not in bars:
            bars[step.stage] = tqdm(
                disable=None,
                unit="text" if step.stage == "encode" else "step",
                desc=step.stage,
                total=step.total,
                initial=step.number - 1,
            )
        bar = bars[step.stage]
        if step.loss is not None:
            bar.set_postfix(loss=f"{step.loss:.3f}", refresh=False)
        if step.score is not None:
            bar.write(f"{step.stage} {step.number}: dev {step.score:.2f}", file=sys.stderr)
        bar.update(step.number - bar.n)

    try:
        yield show
    finally:
        for bar in bars.values():
            bar.close()


def _summary(report: TrainingReport) -> str:
    scores = ", ".join(
        f"{found.name} {found.spearman:.2f}"
        + (f" (before {found.before:.2f})" if found.before is not None else "")
        for found in report.measured_on
    )
    return (
        f"trained {report.folder}: {report.parameters:,} parameters, vectors of "
        f"{report.dimension}, "
        f"{report.bytes / 1e6:.1f} MB, {report.steps:,} steps, {report.seconds:.0f} s"
        + (f"; Spearman {scores}" if scores else "")
    )
