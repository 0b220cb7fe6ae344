"""`loanfaq evaluate`."""

from __future__ import annotations

from pathlib import Path

import click

from indexer.options import echo_json, index_option, json_option


@click.command("evaluate")
@click.argument("judgments", required=False, type=click.Path(path_type=Path), metavar="[JUDGMENTS]")
@index_option
@click.option(
    "--worst",
    type=click.IntRange(min=0),
    default=10,
    show_default=True,
    metavar="N",
    help="How many of the worst questions to list.",
)
@click.option(
    "--passages",
    "passages_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Judged passages: how often the right one is shown.  [default: the bundled ones, with "
    "the bundled questions]",
)
@click.option(
    "--pairs",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Measure models on judged question pairs instead; may be given again.",
)
@click.option(
    "--model",
    "models",
    multiple=True,
    metavar="MODEL",
    help="With --pairs: a model's folder or name on the hub; may be given again.  "
    "[default: the bundled one]",
)
@click.option(
    "--trust-remote-code",
    is_flag=True,
    help="With --model: let models run Python code that they bring.",
)
@json_option
def evaluate_command(
    judgments: Path | None,
    index_folder: Path,
    worst: int,
    passages_file: Path | None,
    pairs: tuple[Path, ...],
    models: tuple[str, ...],
    trust_remote_code: bool,
    as_json: bool,
) -> None:
    """Measure the search on judged questions.

    JUDGMENTS is a JSONL file, a question a line: "query", "relevant" (grade by article id:
    2 answers, 1 partly; {} if nothing answers) and "kind". Without it the bundled test
    questions are asked. Words only, vectors only and both are compared.

    Judged passages are JSONL too: "query", "article" and "passages" (grade by anchor: 2 the
    best to show, 1 acceptable). A line for each "part" says how often what is shown of the
    article that answers is right; the bundled train part is what the choice was fitted on.

    With --pairs no index is asked: files of two questions a line and whether they ask the
    same, as 'loanfaq train' reads them, show how well the cosines of one or more models tell
    the same question from another.
    """
    if pairs:
        if judgments or passages_file:
            raise click.UsageError("--pairs goes without JUDGMENTS and --passages")
        return _evaluate_pairs(pairs, models, trust_remote_code, as_json)
    if models or trust_remote_code:
        raise click.UsageError("--model goes with --pairs; an index is asked with its own model")
    import data
    from indexer.judgments import read_judgments
    from indexer.passage_judgments import read_passage_judgments
    from search.evaluation.report import evaluate, format_report

    path = judgments or data.JUDGMENTS / "test.jsonl"
    judged = read_judgments(path)
    name = str(judgments) if judgments else f"bundled {path.name}"
    if not (passages_file or judgments):
        passages_file = data.JUDGMENTS / "passages.jsonl"
    passages = read_passage_judgments(passages_file) if passages_file else []
    report = evaluate(index_folder, judged, name, worst, passages)
    if as_json:
        echo_json(report.to_json())
    else:
        click.echo(format_report(report))


def _evaluate_pairs(
    pairs: tuple[Path, ...], models: tuple[str, ...], trust_remote_code: bool, as_json: bool
) -> None:
    from indexer.encoders import open_encoder
    from indexer.training.pairs import pair_files, read_pairs
    from search.evaluation.pairs import evaluate_pairs, format_pairs

    judged = [(path, read_pairs([path])) for path in dict.fromkeys(pair_files(pairs))]
    results = []
    for model in models or (None,):
        encoder = open_encoder(model, trust_remote_code=trust_remote_code)
        name = model or encoder.name
        results += [(str(path), name, evaluate_pairs(encoder, found)) for path, found in judged]
    if as_json:
        echo_json(
            [{"file": file, "model": model} | found.to_json() for file, model, found in results]
        )
    else:
        click.echo(format_pairs(results))
