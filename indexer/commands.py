"""`loanfaq index` and `loanfaq inspect`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.options import (
    echo_json,
    index_option,
    json_option,
    keep_option,
    reading_options,
)

if TYPE_CHECKING:
    from indexer.pipeline import BuildReport
    from indexer.publish import Approve
    from indexer.reading import ReadOptions


@click.command("index")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@index_option
@click.option(
    "--model",
    metavar="NAME",
    help="A sentence-transformers model by name or folder. [default: the bundled one]",
)
@click.option("--query-prompt", metavar="TEXT", help="Put before each question for that model.")
@click.option("--document-prompt", metavar="TEXT", help="Put before each passage for that model.")
@click.option(
    "--trust-remote-code", is_flag=True, help="Let that model run Python code that it brings."
)
@click.option(
    "--lexicon",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Dictionary, stop words and boilerplate forms. [default: the bundled ones]",
)
@reading_options
@click.option("--skip-bad", is_flag=True, help="Leave out what cannot be read, and list it.")
@click.option(
    "--replace",
    is_flag=True,
    help="Without a SOURCE: let the bundled corpus replace an index of other sources.",
)
@click.option("--if-stale", is_flag=True, help="Do nothing if the index is up to date.")
@keep_option
@json_option
def index_command(
    sources: tuple[str, ...],
    index_folder: Path,
    model: str | None,
    query_prompt: str | None,
    document_prompt: str | None,
    trust_remote_code: bool,
    lexicon: Path | None,
    reading: ReadOptions,
    skip_bad: bool,
    replace: bool,
    if_stale: bool,
    keep: int,
    as_json: bool,
    approve: Approve | None = None,
) -> None:
    """Build an index of exactly the sources named, and publish it.

    A SOURCE is a table (.csv, .tsv, .xlsx) or a JSONL file with one article a row, a saved
    web page (.html), a WordPress export (.xml), a Markdown file with front matter, a web page
    dumped as text (.txt), a folder of such files, or - for JSONL on standard input. Without
    a SOURCE the bundled corpus is indexed.
    """
    import data
    from indexer.encoders import open_encoder
    from indexer.errors import SourceError
    from indexer.freshness import other_sources, why_stale
    from indexer.lexicon import Lexicon, bundled_lexicon
    from indexer.store.entries import EncoderEntry

    chosen = sources or (str(data.CORPUS),)
    words = Lexicon(lexicon) if lexicon else bundled_lexicon()
    if not replace and not sources and (others := other_sources(index_folder, chosen)):
        raise SourceError(
            index_folder,
            f"this index was built from {', '.join(others)}; name the sources to index, or say "
            "--replace to put the bundled corpus in its place",
        )
    if model and Path(model).expanduser().is_dir():
        # The index is opened from other folders too.
        model = str(Path(model).expanduser().absolute())
    encoder = open_encoder(
        model,
        query_prompt=query_prompt,
        document_prompt=document_prompt,
        trust_remote_code=trust_remote_code,
    )
    entry = EncoderEntry(
        name=encoder.name,
        model=model,
        fingerprint=encoder.fingerprint,
        dimension=encoder.dimension,
        query_prompt=query_prompt,
        document_prompt=document_prompt,
        trust_remote_code=trust_remote_code,
    )
    if if_stale and not why_stale(index_folder, chosen, reading, entry, words, skip_bad=skip_bad):
        if as_json:
            echo_json({"index": str(index_folder), "up_to_date": True})
        return
    from indexer.pipeline import build_index

    report = build_index(
        chosen,
        index_folder,
        encoder,
        entry,
        words,
        reading=reading,
        skip_bad=skip_bad,
        keep_builds=keep,
        approve=approve,
    )
    for error in report.rejected:
        click.echo(f"skipped {error}", err=True)
    if as_json:
        echo_json(report_to_json(report, index_folder))
    else:
        click.echo(describe_report(report, index_folder))


def describe_report(report: BuildReport, folder: Path) -> str:
    """What a build did, as lines of text."""
    from indexer.readers.sources import (
        describe_left_out,
        ignored_suffixes,
        unmatched_columns,
    )

    counts = report.manifest.counts
    wordings = f", {counts.asked:,} other wordings among them," if counts.asked else ""
    lines = [
        f"indexed {counts.articles:,} articles ({counts.excerpts:,} excerpts) as "
        f"{counts.passages:,} passages{wordings} into {folder}",
        f"  embedded {counts.embedded:,} texts, took over {counts.reused:,}; "
        f"encoder {report.manifest.encoder.name}",
    ]
    if report.excerpts_replaced or report.repeats:
        lines.append(
            f"  folded {report.excerpts_replaced:,} excerpts into their articles and "
            f"{report.repeats:,} repeats"
        )
    if (pasted := report.manifest.boilerplate).sentences:
        lines.append(
            f"  took away {pasted.sentences:,} pasted sentences from {pasted.articles:,} "
            "articles; 'loanfaq inspect' lists them"
        )
    if ignored := ignored_suffixes(report.sources):
        kinds = ", ".join(f"{suffix} × {count}" for suffix, count in sorted(ignored.items()))
        lines.append(f"  passed over files of other kinds: {kinds}")
    if passed := describe_left_out(report.sources):
        lines.append(f"  left out: {passed}")
    for field, header in unmatched_columns(report.sources, report.manifest.reading):
        lines.append(f"  no source has the column of --column {field}={header}")
    if report.truncated:
        lines.append(f"  {report.truncated:,} texts were longer than the encoder reads: cut")
    if report.rejected:
        lines.append(f"  skipped {len(report.rejected):,} that could not be read (listed above)")
    return "\n".join(lines)


def report_to_json(report: BuildReport, folder: Path) -> dict[str, object]:
    """What a build did, as the object that ``--json`` prints."""
    from indexer.readers.sources import left_out, unmatched_columns

    return {
        "index": str(folder),
        "build_id": report.manifest.build_id,
        "counts": asdict(report.manifest.counts),
        "excerpts_replaced": report.excerpts_replaced,
        "repeats": report.repeats,
        "truncated": report.truncated,
        "boilerplate": asdict(report.manifest.boilerplate),
        "ignored": [name for source in report.sources for name in source.ignored],
        "left_out": dict(left_out(report.sources)),
        "unmatched_columns": [
            f"{field}={header}"
            for field, header in unmatched_columns(report.sources, report.manifest.reading)
        ],
        "rejected": [str(error) for error in report.rejected],
    }


@click.command("inspect")
@click.argument("article_id", required=False, metavar="[ID]")
@index_option
@click.option("--verify", is_flag=True, help="Check the hash of every file.")
@click.option("--builds", is_flag=True, help="List the builds that are kept.")
@json_option
def inspect_command(
    article_id: str | None, index_folder: Path, verify: bool, builds: bool, as_json: bool
) -> None:
    """Show what is in the index; with an article's ID, how it was split and segmented."""
    from indexer.inspection import (
        describe_article,
        describe_builds,
        describe_index,
        inspect_article,
        inspect_index,
        verify_index,
    )

    if builds:
        from indexer.store.history import list_builds

        if verify or article_id is not None:
            raise click.UsageError("--builds goes with neither --verify nor an ID")
        kept = list_builds(index_folder)
        if as_json:
            echo_json({"index": str(index_folder), "builds": [asdict(each) for each in kept]})
        else:
            click.echo(describe_builds(kept))
        return
    if verify:
        verify_index(index_folder)
    if article_id is None:
        overview = inspect_index(index_folder)
        if as_json:
            echo_json({**overview, "verified": verify})
        else:
            click.echo(describe_index(overview) + ("\nevery file is as written" if verify else ""))
    else:
        article = inspect_article(index_folder, article_id)
        if as_json:
            echo_json(article)
        else:
            click.echo(describe_article(article))
