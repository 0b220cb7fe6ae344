"""Writes docs/cli.md from the commands themselves: python -m tests.docs.cli_reference."""

from __future__ import annotations

from pathlib import Path

import click

from web.cli import cli

TARGET = Path(__file__).parents[2] / "docs" / "cli.md"
_HEAD = """# The command line

Every command takes `--help`. Results go to stdout, progress bars and messages to stderr.
The exit status is 0; 1 where a command ran but failed or found nothing usable; 2 for wrong
usage; 130 where you stopped it. This page is what `--help` prints; `make docs` writes it anew.
"""


def render() -> str:
    """The whole page."""
    parts = [_HEAD]
    with click.Context(cli, info_name="loanfaq", terminal_width=92, max_content_width=92) as group:
        for name in cli.list_commands(group):
            command = cli.get_command(group, name)
            assert command is not None
            with click.Context(
                command,
                group,
                info_name=name,
                terminal_width=92,
                max_content_width=92,
                help_option_names=["-h", "--help"],
            ) as context:
                parts.append(f"## loanfaq {name}\n\n```\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
