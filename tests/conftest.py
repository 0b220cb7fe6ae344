"""What tests stand on: a real index over a small collection of our own, and its engine."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from filelock import FileLock

import data
from indexer.encoders import open_encoder
from indexer.encoders.protocol import Encoder
from indexer.lexicon import bundled_lexicon
from indexer.pipeline import BuildReport, build_index
from indexer.reading import DEFAULTS, ReadOptions
from indexer.store.entries import EncoderEntry
from search.engine import SearchEngine


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """In CI nothing skips: what was skipped there is named once more."""
    for report in terminalreporter.stats.get("skipped", []) if os.environ.get("CI") else []:
        terminalreporter.write_line(f"skipped in CI: {report.nodeid}", red=True)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a test that skips fails the run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


# Files that take a minute or more: begun first, so that all processes end at about one time.
LONG = (
    "test_killed_builds.py",
    "test_docs.py",
    "test_search_quality.py",
    "test_rankings.py",
    "test_openapi.py",
    "test_damage.py",
    "test_wheel.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first; the order within a file, and of the others, stays."""
    items.sort(key=lambda item: item.path.name not in LONG)


# Tests ask faster than any reader; those of the limits set their own.
os.environ["LOANFAQ_RATE_LIMIT"] = os.environ["LOANFAQ_WRITE_RATE_LIMIT"] = ""

FIXTURES = Path(__file__).parent / "fixtures"
FAQ = FIXTURES / "faq.jsonl"
PAGE_DUMP = FIXTURES / "page_dump.txt"


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The bundled encoder."""
    return open_encoder()


def entry_of(encoder: Encoder) -> EncoderEntry:
    """How a manifest names an encoder."""
    return EncoderEntry(encoder.name, None, encoder.fingerprint, encoder.dimension)


def build(
    sources: list[Path],
    folder: Path,
    encoder: Encoder,
    *,
    reading: ReadOptions = DEFAULTS,
    skip_bad: bool = False,
    keep_builds: int = 2,
) -> BuildReport:
    """Build an index with the bundled lexicon."""
    return build_index(
        [str(source) for source in sources],
        folder,
        encoder,
        entry_of(encoder),
        bundled_lexicon(),
        reading=reading,
        skip_bad=skip_bad,
        keep_builds=keep_builds,
    )


@pytest.fixture(scope="session")
def index_folder(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """An index of the FAQ and the dumped page; tests only read it."""
    folder = tmp_path_factory.mktemp("index")
    build([FAQ, PAGE_DUMP], folder, encoder)
    return folder


@pytest.fixture(scope="session")
def corpus_index(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """An index of the bundled corpus; tests only read it.

    All processes of a test run share one: whoever comes first builds it.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / "corpus"
    with FileLock(shared / "corpus.lock"):
        if not folder.exists():
            build([data.CORPUS], folder, encoder)
    return folder


@pytest.fixture(scope="session")
def engine(index_folder: Path) -> SearchEngine:
    """The engine over that index."""
    return SearchEngine.open(index_folder)
