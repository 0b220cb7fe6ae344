"""A collection that is edited and built again is as built from scratch."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.encoders.protocol import Encoder
from indexer.pipeline import add_to_index
from tests.conftest import build
from tests.indexer.changing.rows import Row, everything, row, write


def test_three_edits_in_a_thousand_articles_embed_only_what_changed(
    tmp_path: Path, scratch: Path, folder: Path, encoder: Encoder
) -> None:
    rows = [row(number) for number in range(1000)]
    source = write(tmp_path / "faq.jsonl", rows)
    first = build([source], folder, encoder).manifest.counts
    assert (first.articles, first.passages) == (1000, 3000)
    rows[7] = row(7, "新的一句。")  # its paragraph
    rows[500] = row(500, title="车贷新问题500怎么办")  # its title, which all its passages have
    rows[999]["body"] += "\n2、多一条"  # one more item
    write(source, rows)
    edited = build([source], folder, encoder).manifest.counts
    assert (edited.embedded, edited.reused) == (1 + 3 + 1, 3001 - 5)
    build([source], scratch, encoder)
    assert everything(folder) == everything(scratch)


@st.composite
def _edits(draw: st.DrawFn) -> Callable[[list[Row]], list[Row]]:
    """Edits, insertions and deletions all over a collection."""
    actions = draw(
        st.lists(
            st.tuples(st.sampled_from(["edit", "insert", "delete"]), st.integers(0, 10_000)),
            min_size=1,
            max_size=6,
        )
    )

    def apply(rows: list[Row]) -> list[Row]:
        rows = list(rows)
        for step, (action, number) in enumerate(actions):
            at = number % len(rows)
            if action == "insert":
                rows.insert(at, row(100 + step * 10_001 + number))
            elif action == "edit":
                rows[at] = {**rows[at], "body": f"{rows[at]['body']}改{step}。", "category": "新"}
            elif len(rows) > 1:
                del rows[at]
        return rows

    return apply


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(first=_edits(), second=_edits())
def test_however_it_changed_it_is_as_built_from_scratch(
    first: Callable[[list[Row]], list[Row]],
    second: Callable[[list[Row]], list[Row]],
    small_index: Path,
    tmp_path_factory: pytest.TempPathFactory,
    encoder: Encoder,
) -> None:
    """Built again after one change, read again by `add` after another one."""
    place = tmp_path_factory.mktemp("changed")
    shutil.copytree(small_index, place / "index")
    rows = first([row(number) for number in range(20)])
    changed, other = write(place / "changed.jsonl", rows), write(place / "b.jsonl", [row(77)])
    build([changed, other], place / "index", encoder)
    write(changed, second(rows))
    add_to_index([str(changed)], place / "index")
    shutil.copytree(small_index, place / "scratch")
    counts = build([changed, other], place / "scratch", encoder).manifest.counts
    assert counts.reused == 0
    assert everything(place / "index") == everything(place / "scratch")
    shutil.rmtree(place)
