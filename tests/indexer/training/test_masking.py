"""What is hidden from a model that learns to read."""

from __future__ import annotations

import numpy as np
import pytest

from indexer.encoders.vocabulary import MASKED, SPECIALS, UNKNOWN, Vocabulary
from indexer.training.masking import SoundAlikes, WordCutter, add_noise, hide_words

CHARACTERS = "花化话呗贝还x"
HUA = {SPECIALS, SPECIALS + 1, SPECIALS + 2}


@pytest.fixture
def vocabulary() -> Vocabulary:
    return Vocabulary(CHARACTERS, np.zeros((0, 2), np.int64))


@pytest.fixture
def sounds(vocabulary: Vocabulary) -> SoundAlikes:
    return SoundAlikes.of(vocabulary)


def test_a_misspelling_sounds_the_same(sounds: SoundAlikes) -> None:
    rng = np.random.default_rng(0)
    found = sounds.misspell(np.full(200, SPECIALS), rng)
    assert set(found.tolist()) == HUA


def test_what_has_no_sound_is_left(vocabulary: Vocabulary, sounds: SoundAlikes) -> None:
    ids = np.append(vocabulary.ids_of("xx"), UNKNOWN)
    np.testing.assert_array_equal(sounds.misspell(ids, np.random.default_rng(0)), ids)


def test_lending_words_are_cut_whole() -> None:
    assert WordCutter(["花呗"]).words("花呗还款").tolist()[:3] == [0, 0, 1]


def test_words_are_hidden_whole_or_not_at_all(sounds: SoundAlikes) -> None:
    ids = np.tile(np.array([3, 4, 5, 6, 7, 8]), (500, 1))
    words = np.tile(np.array([0, 0, 1, 1, 1, 2]), (500, 1))
    changed, hidden = hide_words(ids, words, 0.3, sounds, np.random.default_rng(0))
    assert (hidden[:, 0] == hidden[:, 1]).all()
    assert (hidden[:, 2] == hidden[:, 3]).all()
    assert (hidden[:, 3] == hidden[:, 4]).all()
    np.testing.assert_array_equal(changed[~hidden], ids[~hidden])
    # 0.3 of 1,500 words, give or take five standard deviations.
    assert abs(hidden[:, [0, 2, 5]].mean() - 0.3) < 5 * (0.3 * 0.7 / 1500) ** 0.5
    assert abs((changed[hidden] == MASKED).mean() - 0.8) < 0.1


def test_noise_hides_some_and_misspells_a_third_as_many(sounds: SoundAlikes) -> None:
    ids = np.full(6_000, SPECIALS)
    changed = add_noise(ids, 0.3, sounds, np.random.default_rng(0))
    assert abs((changed == MASKED).mean() - 0.3) < 0.03
    misspelt = np.isin(changed, [SPECIALS + 1, SPECIALS + 2]).mean()
    # Two of the three that sound alike are another character.
    assert abs(misspelt - 0.1 * 2 / 3) < 0.02
