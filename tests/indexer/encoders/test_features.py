from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.encoders.features import features_of


def test_characters_then_bigrams_with_the_ends() -> None:
    assert features_of("还花呗") == ["还", "花", "呗", "^还", "还花", "花呗", "呗$"]


def test_one_character_has_both_ends() -> None:
    assert features_of("贷") == ["贷", "^贷", "贷$"]


def test_a_feature_counts_once() -> None:
    assert features_of("还还还") == ["还", "^还", "还还", "还$"]


def test_writing_does_not_matter() -> None:
    assert features_of("  ＡＢ貸款 ") == features_of("ab贷款")


def test_nothing_has_no_features() -> None:
    assert features_of("") == []
    assert features_of(" \t\n　") == []
    assert features_of("\x00\u200b") == []


def test_text_is_never_cut() -> None:
    assert "末尾" in features_of("贷款" * 5_000 + "末尾")


@given(st.text())
def test_features_are_distinct_and_without_line_breaks(text: str) -> None:
    features = features_of(text)
    assert len(set(features)) == len(features)
    assert not any("\n" in feature for feature in features)
