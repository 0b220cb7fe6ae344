"""The bundled lexicon does what it says, over an index of the bundled corpus."""

from __future__ import annotations

from pathlib import Path

import pytest

import data
from indexer.lexicon import bundled_lexicon
from indexer.risks import Risk
from search.engine import SearchEngine
from search.query import Query

LEXICON = bundled_lexicon()


@pytest.fixture(scope="module")
def corpus_engine(corpus_index: Path) -> SearchEngine:
    """The engine over the bundled corpus."""
    return SearchEngine.open(corpus_index)


def test_every_alias_is_read_as_its_name(corpus_engine: SearchEngine) -> None:
    wrong = {
        alias: corpus_engine.responder.reader.read(alias).canonical
        for alias, name in LEXICON.aliases().items()
        if corpus_engine.responder.reader.read(alias).canonical != name
    }
    assert wrong == {}


def test_no_alias_stands_for_an_alias() -> None:
    aliases = LEXICON.aliases()
    assert set(aliases) & set(aliases.values()) == set()


def test_every_synonym_is_one_word_and_expands_as_written(corpus_engine: SearchEngine) -> None:
    for word, others in LEXICON.synonyms().items():
        if word not in LEXICON.stopwords() and word not in LEXICON.aliases():
            expansions = corpus_engine.responder.reader.read(word).expansions
            assert expansions.get(word) == others, word


def test_near_misses_stay_apart() -> None:
    synonyms = LEXICON.synonyms()
    for one, other in [
        ("提前还款", "逾期还款"),
        ("额度", "利率"),
        ("微粒贷", "微业贷"),
        ("账单日", "还款日"),
        ("花呗", "借呗"),
    ]:
        assert other not in synonyms.get(one, ())
        assert one not in synonyms.get(other, ())


def test_stop_words_never_change_what_is_asked() -> None:
    kept = {"不", "没", "没有", "不能", "提前", "逾期", "多久", "多少", "什么时候"}
    assert kept & LEXICON.stopwords() == set()


@pytest.mark.parametrize("risk", LEXICON.risks(), ids=lambda risk: str(risk.topic))
def test_every_word_of_a_risk_can_bring_its_notice(corpus_engine: SearchEngine, risk: Risk) -> None:
    assert risk.terms
    assert 10 <= len(risk.notice) <= 90
    for term in risk.terms:
        firsts = [part[0] for part in term.parts]
        for place, part in enumerate(term.parts):
            for word in part:
                said = "".join([*firsts[:place], word, *firsts[place + 1 :]])
                question = corpus_engine.responder.reader.read(f"{said}是怎么回事")
                assert risk in corpus_engine.responder.risks.touched(question), said


def test_ordinary_questions_carry_no_notice(corpus_engine: SearchEngine) -> None:
    for question in ("花呗能提前还款吗", "房贷利率怎么算", "征信报告怎么查", "车贷还清怎么解押"):
        assert corpus_engine.search(Query.parse(question)).notices == ()


def test_no_notice_recurs() -> None:
    notices = [risk.notice for risk in LEXICON.risks()]
    assert len(set(notices)) == len(notices)


def test_the_index_keeps_the_lexicon_it_was_built_with(corpus_engine: SearchEngine) -> None:
    assert dict(corpus_engine.manifest.lexicon) == LEXICON.fingerprints()
    assert Path(LEXICON.folder) == data.LEXICON
