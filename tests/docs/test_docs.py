"""The docs say what the code does: the README's commands are run and compared."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import FAQ, PAGE_DUMP
from tests.docs.cli_reference import TARGET
from tests.docs.console import READMES, ROOT, commands, run
from tests.web.serving import running
from web.app import create_app
from web.settings import Settings

JUDGED = """\
{"query": "早点还房贷", "relevant": {"mortgage-early": 2}}
{"query": "解押要带啥", "relevant": {"car-release": 2}}
{"query": "放款前交保证金", "relevant": {"scam-fee": 2}}
{"query": "日息万五", "relevant": {"card-limit": 2}}
{"query": "西红柿炒蛋", "relevant": {}}
{"query": "明天下雨吗", "relevant": {}}
"""
# What differs from run to run.
VOLATILE = (
    (re.compile(r'"took_ms": ?[\d.]+'), '"took_ms":0'),
    (re.compile(r'"query_id": ?"\w+"'), '"query_id":""'),
    (re.compile(r"\d{8}T\d{12}Z-\w{4}"), "BUILD"),
)
FRACTION = re.compile(r"\d+\.\d+")


def masked(output: str) -> str:
    for pattern, replacement in VOLATILE:
        output = pattern.sub(replacement, output)
    return output.strip()


def alike(output: str, shown: str) -> bool:
    """Whether the same is printed, but for one in the last place of a fraction.

    Processors with other instructions round a vector's last digits otherwise, and what lies
    between two roundings, the mean of many confidences say, is then printed as either.
    """
    output, shown = masked(output), masked(shown)
    if FRACTION.sub("#", output) != FRACTION.sub("#", shown):
        return False
    pairs = zip(FRACTION.findall(output), FRACTION.findall(shown), strict=True)
    return all(
        abs(Decimal(one) - Decimal(other)) <= Decimal(1).scaleb(-len(other.partition(".")[2]))
        for one, other in pairs
    )


@pytest.mark.parametrize(
    ("output", "same"),
    [
        ("30 0.340 right", True),
        ("30 0.339 right", True),
        ("30 0.338 right", False),
        ("31 0.340 right", False),
        ("30 0.340 wrong", False),
    ],
)
def test_only_the_last_place_of_a_fraction_is_a_processors_own(output: str, same: bool) -> None:
    assert alike(output, "30 0.340 right") == same


@pytest.fixture(scope="module")
def printed(
    corpus_index: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], str]]:
    """What a command prints; both pages show most of them, and each is run once."""
    with running(corpus_index, tmp_path_factory.mktemp("docs") / "state") as site:
        yield cache(lambda command: run(command, corpus_index, site.url))


@pytest.mark.parametrize("page", READMES)
def test_the_commands_print_what_the_readme_shows(page: str, printed: Callable[[str], str]) -> None:
    shown = commands(page)
    assert any(command.startswith("loanfaq search") for command, _ in shown)
    assert any(command.startswith("curl") for command, _ in shown)
    for command, output in shown:
        found = printed(command)
        assert alike(found, output), f"{command}: run 'make docs'; it prints\n{found}"


def commands_of_ones_own(page: str) -> list[str]:
    """The loanfaq commands of a page's sh blocks, without their remarks."""
    text = (ROOT / page).read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    lines = (line.partition("#")[0].strip() for block in blocks for line in block.splitlines())
    return [line for line in lines if line.startswith("loanfaq")]


def test_the_pages_give_the_same_commands_for_an_faq_of_ones_own() -> None:
    first, *others = map(commands_of_ones_own, READMES)
    assert len(first) == 12
    assert all(each == first for each in others)


def test_the_commands_for_an_faq_of_ones_own_run(tmp_path: Path) -> None:
    """The commands of the sh blocks, one after the other, over a small FAQ."""
    shutil.copy(FAQ, tmp_path / "faq.jsonl")
    (tmp_path / "pages").mkdir()
    shutil.copy(PAGE_DUMP, tmp_path / "pages")
    news = '{"title": "花呗怎么关", "body": "还清后关。"}\n'
    (tmp_path / "news.jsonl").write_text(news, encoding="utf-8")
    (tmp_path / "judged.jsonl").write_text(JUDGED, encoding="utf-8")
    pairs = "".join(f"房贷怎么还{n}\t怎么还房贷{n}\t1\n花呗{n}\t征信{n}\t0\n" for n in range(9))
    for name in ("more-pairs.tsv", "dev.tsv"):
        (tmp_path / name).write_text(pairs, encoding="utf-8")
    for command in commands_of_ones_own(READMES[0]):
        if "serve" not in command:
            # Two steps show that it runs; what the usual number reaches is measured elsewhere.
            quick = command.replace(" --dev", " --steps 2 --dev") if "train" in command else command
            run(quick, tmp_path / "index", "", cwd=tmp_path)


@pytest.mark.parametrize("page", READMES)
def test_make_targets_and_files_that_the_readme_names_exist(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`?make (\w+)", text):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    for link in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert (ROOT / link).exists(), link


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    for name in Settings.model_fields:
        assert f"`LOANFAQ_{name.upper()}`" in text, name


def test_every_metric_is_documented(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    settings = Settings(index=tmp_path / "index", state=tmp_path / "state")
    told = create_app(settings).test_client().get("/metrics").get_data(as_text=True)
    for name in re.findall(r"^# TYPE (\w+) (?:counter|histogram|info)$", told, re.MULTILINE):
        if not name.endswith("_created"):
            assert f"`{name}`" in text, name


def test_every_command_and_option_is_in_the_reference() -> None:
    # In a process of its own: click remembers how a command's help was first asked for.
    script = "import sys; from tests.docs.cli_reference import render; sys.stdout.write(render())"
    rendered = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script],
        capture_output=True,
        encoding="utf-8",
        check=True,
        cwd=ROOT,
    ).stdout
    assert TARGET.read_text(encoding="utf-8") == rendered, "run 'make docs'"


def test_make_serve_serves_the_demo(corpus_index: Path, tmp_path: Path) -> None:
    """The README's first command, over the index that it would build."""
    shutil.copytree(corpus_index, tmp_path / "demo" / "index")
    command = ["make", "serve", f"VENV={Path(sys.executable).parents[1]}", "PORT=0"]
    with subprocess.Popen(
        [*command, f"DEMO={tmp_path / 'demo'}"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            assert process.stdout
            ready = next(line for line in process.stdout if "ready" in line)
        finally:
            process.terminate()
    assert re.match(r"loanfaq is ready at http://127\.0\.0\.1:\d+ \(\d+ articles, ", ready)
