"""When the corrected question is answered, and the way back to what was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import QueryError
from search.engine import SearchEngine
from search.query import Query
from search.response import SearchResponse
from search.terminal import format_response

PINYIN = "fangdai tiqian huankuan yao jiao weiyuejin ma"
MEANT = "房贷提前还款要交违约金吗"


def ask(engine: SearchEngine, text: str, **settings: object) -> SearchResponse:
    return engine.search(Query.parse(text, **settings))  # type: ignore[arg-type]


def ids(response: SearchResponse) -> list[str]:
    return [hit.id for hit in response.hits]


def test_what_was_meant_is_answered_and_said(corpus: SearchEngine) -> None:
    response = ask(corpus, PINYIN)
    assert (response.query, response.corrected_query) == (PINYIN, MEANT)
    assert ids(response) == ids(ask(corpus, MEANT))
    assert response.to_json()["corrected_query"] == MEANT


def test_literal_answers_what_is_written(corpus: SearchEngine) -> None:
    literal = ask(corpus, PINYIN, literal=True)
    assert literal.corrected_query is None
    assert ids(literal) != ids(ask(corpus, PINYIN))


def test_a_question_that_is_answered_is_not_corrected(corpus: SearchEngine) -> None:
    written = "花呗可以提前还宽吗"
    assert corpus.correct(written) is not None
    response = ask(corpus, written)
    assert (response.status, response.corrected_query) == ("answered", None)


def test_letters_that_nothing_reads_leave_an_answer_in_doubt(corpus: SearchEngine) -> None:
    right = "huabei-shang-zhengxin"
    literal, response = (ask(corpus, "hb会上征信吗", literal=each) for each in (True, False))
    assert literal.hits[0].id != right
    assert (response.corrected_query, response.hits[0].id) == ("花呗会上征信吗", right)
    written = "jb提前还清有手续费吗"
    assert ask(corpus, written, literal=True).status == "answered"
    assert ask(corpus, written).corrected_query == "借呗提前还清有手续费吗"


def test_a_correction_that_finds_nothing_is_not_given(corpus: SearchEngine) -> None:
    assert corpus.correct("shouji屏幕碎了去哪修") is not None
    response = ask(corpus, "shouji屏幕碎了去哪修")
    assert (response.status, response.corrected_query) == ("none", None)


def test_every_page_of_the_results_is_of_the_same_question(corpus: SearchEngine) -> None:
    whole = ask(corpus, PINYIN, limit=20)
    pages = [ask(corpus, PINYIN, limit=5, offset=at) for at in range(0, 20, 5)]
    assert {page.corrected_query for page in pages} == {MEANT}
    assert [each for page in pages for each in ids(page)] == ids(whole)


def test_warnings_are_those_of_the_written_and_of_the_meant_words(corpus: SearchEngine) -> None:
    written = "刷流水 daikuan zenme ban"
    response, literal = ask(corpus, written), ask(corpus, written, literal=True)
    assert response.corrected_query is not None
    assert literal.notices
    assert set(literal.notices) <= set(response.notices)
    assert ask(corpus, "baoli催收怎么办", literal=True).notices == ()
    assert ask(corpus, "baoli催收怎么办").notices


def test_explain_says_what_was_changed_and_why(corpus: SearchEngine) -> None:
    explanation = ask(corpus, PINYIN, explain=True).explanation
    assert explanation is not None
    why = explanation.correction
    assert why is not None
    assert why.confidence_corrected > why.confidence_as_written
    told = why.to_json()
    assert (told["text"], told["gain"]) == (MEANT, why.correction.gain)
    assert ("yao", "要", "pinyin") in [
        (each.written, each.meant, each.kind) for each in why.correction.edits
    ]
    fine = ask(corpus, MEANT, explain=True).explanation
    assert fine is not None
    assert fine.to_json()["correction"] is None


def test_a_terminal_says_it_and_how_to_go_back(corpus: SearchEngine) -> None:
    shown = format_response(ask(corpus, PINYIN, explain=True))
    assert f"已按“{MEANT}”查找；加上 --literal 按原文查找。" in shown
    assert "纠正  " in shown
    assert "yao→要（拼音，代价 0.5）" in shown
    assert "已按" not in format_response(ask(corpus, PINYIN, literal=True))


def test_stages_and_time_count_both_searches(corpus: SearchEngine) -> None:
    response = ask(corpus, PINYIN)
    assert response.stages["spelling"] > 0
    assert sum(response.stages.values()) <= response.took_ms


@given(st.text(min_size=1, max_size=40))
def test_no_text_makes_a_search_fail(engine: SearchEngine, text: str) -> None:
    try:
        query = Query.parse(text)
    except QueryError:
        return
    assert engine.search(query).query == query.text


@pytest.mark.parametrize("mode", ["hybrid", "semantic", "keyword"])
def test_every_mode_is_corrected(corpus: SearchEngine, mode: str) -> None:
    assert ask(corpus, PINYIN, mode=mode).corrected_query == MEANT
