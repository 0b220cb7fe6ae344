"""The house: imports run one way, and heavy parts are imported late."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# A package may import those behind it.
ORDER = ("web", "search", "indexer", "data")


def imports_of(file: Path) -> set[str]:
    """Top-level packages that a module imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import"
            found.add((node.module or "").partition(".")[0])
    return found


@pytest.mark.parametrize("package", ORDER)
def test_imports_run_from_web_to_search_to_indexer_to_data(package: str) -> None:
    allowed = set(ORDER[ORDER.index(package) :])
    for file in (ROOT / package).rglob("*.py"):
        # The command group stands above all packages, to load their commands late.
        upward = (imports_of(file) & set(ORDER)) - allowed
        assert not upward, f"{file.relative_to(ROOT)} imports {sorted(upward)}"


def modules_after(code: str) -> set[str]:
    """Modules loaded after running some code in a fresh process."""
    script = f"{code}\nimport sys\nprint('\\n'.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd="/"
    )
    return set(done.stdout.split())


HEAVY = {"torch", "sentence_transformers", "transformers", "sklearn", "scipy"}


def test_a_question_is_answered_without_torch(index_folder: Path) -> None:
    loaded = modules_after(
        "from pathlib import Path\n"
        "from search.engine import SearchEngine\n"
        "from search.query import Query\n"
        f"engine = SearchEngine.open(Path({str(index_folder)!r}))\n"
        "assert engine.search(Query.parse('房贷提前还款')).hits\n"
        "assert engine.suggest('fangdai')"
    )
    assert not loaded & (HEAVY | {"flask", "granian", "pydantic", "markdown_it", "pypinyin"})


def test_an_index_is_built_without_torch(tmp_path: Path) -> None:
    source = tmp_path / "faq.jsonl"
    source.write_text('{"title": "花呗怎么还", "body": "在账单页还。"}\n', encoding="utf-8")
    loaded = modules_after(
        f"arguments = ['index', {str(source)!r}, '--index', {str(tmp_path / 'index')!r}]\n"
        "from web.cli import cli\n"
        "cli.main(arguments, standalone_mode=False)"
    )
    assert not loaded & HEAVY


def test_the_command_group_loads_nothing_but_click() -> None:
    loaded = modules_after("import web.cli")
    assert not loaded & (HEAVY | {"flask", "faiss", "tantivy", "jieba", "numpy", "pydantic"})
