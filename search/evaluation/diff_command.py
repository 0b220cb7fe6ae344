"""`loanfaq diff`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.options import echo_json, json_option

if TYPE_CHECKING:
    from search.engine import SearchEngine

_MODES = click.Choice(["hybrid", "semantic", "keyword"])


@click.command("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.argument("questions", type=click.Path(path_type=Path), metavar="QUESTIONS")
@click.option(
    "--old-mode", type=_MODES, default="hybrid", show_default=True, help="How OLD is asked."
)
@click.option(
    "--new-mode", type=_MODES, default="hybrid", show_default=True, help="How NEW is asked."
)
@json_option
def diff_command(
    old: str, new: str, questions: Path, old_mode: str, new_mode: str, as_json: bool
) -> None:
    """List the questions whose first article differs between two indexes.

    OLD and NEW are index folders, each with @BUILD behind it for another build than the one
    it serves ('loanfaq inspect --builds' lists them); the same folder twice compares modes.
    QUESTIONS is a text file with a question a line, or judged questions (.jsonl), which
    also tell whether a change is for the better.
    """
    from typing import cast

    from indexer.progress import progress_bar
    from search.evaluation.diff import compare, format_difference, read_questions
    from search.response import Mode

    asked = read_questions(questions)
    engines = [_open(each) for each in (old, new)]
    with progress_bar("diff", len(asked)) as advance:
        found = compare(
            (engines[0], cast(Mode, old_mode)), (engines[1], cast(Mode, new_mode)), asked, advance
        )
    for engine in engines:
        engine.close()
    if as_json:
        echo_json(found.to_json())
    else:
        click.echo(format_difference(found))


def _open(place: str) -> SearchEngine:
    from indexer.store.builds import hold_build
    from search.engine import SearchEngine

    folder, at, build_id = place.rpartition("@")
    if not at or Path(place).is_dir():
        return SearchEngine.open(Path(place).expanduser())
    return SearchEngine.over(hold_build(Path(folder).expanduser(), build_id))
