"""The `loanfaq` command: its group, with subcommands loaded when they are called."""

from __future__ import annotations

import importlib
import os
import sys
from importlib.metadata import version

import click

_COMMANDS = {
    "index": "search.evaluation.gated_index:index_command",
    "add": "indexer.upkeep_commands:add_command",
    "remove": "indexer.upkeep_commands:remove_command",
    "dedupe": "indexer.dedupe_command:dedupe_command",
    "rollback": "indexer.upkeep_commands:rollback_command",
    "inspect": "indexer.commands:inspect_command",
    "pairs": "indexer.training.pairs_command:pairs",
    "train": "indexer.training.commands:train",
    "search": "search.commands:search_command",
    "related": "search.commands:related_command",
    "evaluate": "search.evaluation.commands:evaluate_command",
    "diff": "search.evaluation.diff_command:diff_command",
    "calibrate": "search.evaluation.calibrate_command:calibrate_command",
    "serve": "web.commands:serve",
    "feedback": "web.state.commands:feedback",
}


class _LazyGroup(click.Group):
    """A group that imports a subcommand only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        command = getattr(importlib.import_module(module), name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{_COMMANDS[cmd_name]} is no click command")
        return command


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("loanfaq"), prog_name="loanfaq")
def cli() -> None:
    """Semantic search over Chinese loan FAQs (贷款问答)."""


def main() -> None:
    """Run the command line.

    Exit status 0; 1 where it ran but failed or found nothing usable; 2 for wrong usage.
    """
    from indexer.errors import LoanfaqError

    try:
        status = cli.main(standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        click.echo("stopped", err=True)
        sys.exit(130)
    except LoanfaqError as error:
        click.echo(f"loanfaq: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        # The reader of our output went away (| head): nothing is left to say. Python
        # would complain once more while flushing at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    sys.exit(status if isinstance(status, int) else 0)
