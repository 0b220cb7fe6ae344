"""How texts become rows."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.encoders.vocabulary import NOTHING, SPECIALS, UNKNOWN, Vocabulary, distinct_of

ANY_TEXT = st.text(alphabet="花呗还款 x\n🙂", max_size=40)


def test_characters_come_behind_the_specials_and_bigrams_behind_them(
    vocabulary: Vocabulary,
) -> None:
    assert vocabulary.first_bigram == SPECIALS + 5
    assert len(vocabulary) == SPECIALS + 5 + 4
    read = vocabulary.read("花呗还x")
    assert read.ids.tolist() == [3, 4, 5, UNKNOWN]
    # 花 opens the text, 花呗 and 呗还 are known, 还x is not.
    assert read.left.tolist() == [10, 8, 9, NOTHING]
    assert read.right.tolist() == [8, 9, NOTHING, NOTHING]


def test_a_row_counts_once_however_often_it_occurs(vocabulary: Vocabulary) -> None:
    assert vocabulary.read("花呗花呗").distinct().tolist() == [3, 4, 8, 10, 11]


def test_the_written_form_does_not_matter(vocabulary: Vocabulary) -> None:
    one, other = vocabulary.read("花呗 還款"), vocabulary.read("  花呗\n还款 ")
    np.testing.assert_array_equal(one.ids, other.ids)


def test_nothing_gives_no_rows(vocabulary: Vocabulary) -> None:
    for text in ("", " \n"):
        assert len(vocabulary.read(text).ids) == 0
        assert len(vocabulary.read(text).distinct()) == 0


def test_without_bigrams_characters_are_still_known() -> None:
    read = Vocabulary("花呗", np.zeros((0, 2), np.int64)).read("花呗")
    assert read.ids.tolist() == [3, 4]
    assert not read.left.any()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=ANY_TEXT)
def test_filling_up_behind_changes_no_row(vocabulary: Vocabulary, text: str) -> None:
    ids = vocabulary.ids_of(text)
    alone = vocabulary.rows_of(ids)
    filled = vocabulary.rows_of(np.concatenate([ids, np.zeros(3, np.int64)]))
    for part in ("ids", "left", "right"):
        expected = [*getattr(alone, part), NOTHING, NOTHING, NOTHING]
        np.testing.assert_array_equal(getattr(filled, part), expected)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(texts=st.lists(ANY_TEXT, max_size=5))
def test_several_texts_are_read_together_as_each_is_alone(
    vocabulary: Vocabulary, texts: list[str]
) -> None:
    together = vocabulary.read_all([vocabulary.ids_of(text) for text in texts])
    bags, starts = distinct_of(together)
    alone = [vocabulary.read(text) for text in texts]
    for one, other in zip(together, alone, strict=True):
        for part in ("ids", "left", "right"):
            np.testing.assert_array_equal(getattr(one, part), getattr(other, part))
    ends = [*starts[1:].tolist(), len(bags)]
    found = [bags[at:end].tolist() for at, end in zip(starts.tolist(), ends, strict=False)]
    assert found == [rows.distinct().tolist() for rows in alone]
