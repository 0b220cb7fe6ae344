"""``explain``: the numbers behind a place add up, and who does not ask does not get them."""

from __future__ import annotations

import dataclasses
import math
import shutil
from pathlib import Path
from typing import Any, get_args

import pytest

from indexer.store.builds import read_current
from search.engine import SearchEngine
from search.features import NEARNESS, RANKING
from search.query import Query
from search.response import Mode

QUESTION = "花贝逾期了房贷提前还款要违约金吗"


@pytest.fixture(scope="module")
def corpus(corpus_index: Path) -> SearchEngine:
    return SearchEngine.open(corpus_index)


@pytest.fixture(scope="module")
def uncalibrated(corpus_index: Path, tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    """The engine of an encoder whose scores nobody has fitted."""
    folder = tmp_path_factory.mktemp("uncalibrated") / "index"
    shutil.copytree(corpus_index, folder)
    build, manifest = read_current(folder)
    dataclasses.replace(manifest, calibration=None).write(build)
    return SearchEngine.open(folder)


def explained(engine: SearchEngine, question: str, mode: str = "hybrid") -> dict[str, Any]:
    return engine.search(Query.parse(question, mode=mode, explain=True)).to_json()


def test_who_does_not_ask_gets_the_same_answer_without(corpus: SearchEngine) -> None:
    plain = corpus.search(Query.parse(QUESTION)).to_json()
    told = explained(corpus, QUESTION)

    assert "explanation" not in plain
    assert told.pop("explanation")
    hits: Any = told["hits"]
    assert all(hit.pop("explanation") for hit in hits)
    of_the_moment = {"took_ms": 0, "query_id": ""}
    assert told | of_the_moment == plain | of_the_moment


def test_the_question_is_shown_as_it_was_read(corpus: SearchEngine) -> None:
    read = explained(corpus, QUESTION)["explanation"]

    assert read["canonical"] == "花呗逾期了房贷提前还款要违约金吗"
    assert {"花呗", "逾期", "房贷", "提前还款", "违约金"} <= set(read["tokens"])
    assert "吗" in read["stop_words"]
    assert not set(read["stop_words"]) & set(read["tokens"])
    assert read["aliases"] == [{"written": "花贝", "name": "花呗"}]
    assert {"word": "按揭", "weight": 0.8} in read["expansions"]["房贷"]


def added(fusion: dict[str, Any]) -> float:
    total = sum(term["value"] for term in fusion["terms"])
    assert total == pytest.approx(fusion["sum"])
    if fusion["method"] == "logistic":
        return 1 / (1 + math.exp(-total))
    if fusion["method"] == "relative":
        first = fusion["first"]
        return float(first["likelihood"] * math.exp(total - first["sum"]))
    return float(total)


@pytest.mark.parametrize("mode", get_args(Mode))
@pytest.mark.parametrize("calibrated", [True, False])
def test_every_score_adds_up(
    corpus: SearchEngine, uncalibrated: SearchEngine, mode: str, calibrated: bool
) -> None:
    engine = corpus if calibrated else uncalibrated
    told = explained(engine, QUESTION, mode)

    assert told["hits"]
    for hit in told["hits"]:
        fusion = hit["explanation"]["fusion"]
        assert added(fusion) == pytest.approx(fusion["score"])
        assert round(fusion["score"], 4) == hit["score"]
        for term in fusion["terms"]:
            if "weight" in term:
                assert term["value"] == pytest.approx(term["weight"] * term["score"])


def test_ranks_are_fused_as_one_sixtieth(uncalibrated: SearchEngine) -> None:
    hit = explained(uncalibrated, "房贷提前还款")["hits"][0]
    fusion = hit["explanation"]["fusion"]

    assert fusion["method"] == "reciprocal_rank"
    ranks = {each["name"]: each["rank"] for each in fusion["terms"]}
    for each in hit["explanation"]["retrieved"]:
        assert ranks[each["retriever"]] == each["rank"]
    best = 3 / (60 + 1)
    assert fusion["terms"] == [
        {"name": name, "value": pytest.approx(1 / (60 + rank) / best), "rank": rank}
        for name, rank in ranks.items()
    ]
    assert set(ranks) == {"vector", "keyword", "wording"}


def test_each_feature_adds_its_weight_times_its_share_of_the_best(corpus: SearchEngine) -> None:
    fusion = explained(corpus, QUESTION)["hits"][0]["explanation"]["fusion"]

    assert fusion["method"] == "relative"
    assert {each["name"] for each in fusion["terms"]} <= set(RANKING)
    assert fusion["sum"] == pytest.approx(fusion["first"]["sum"])
    assert all(abs(each["score"]) <= 1 for each in fusion["terms"])


@pytest.mark.parametrize("calibrated", [True, False])
def test_an_article_that_asks_just_that_is_first_by_rule(
    corpus: SearchEngine, uncalibrated: SearchEngine, calibrated: bool
) -> None:
    first = explained(corpus if calibrated else uncalibrated, " 花呗逾期一天会怎么样？")["hits"][0]

    assert (first["id"], first["score"]) == ("huabei-yuqi-yitian", 1.0)
    assert first["explanation"]["fusion"]["terms"] == [{"name": "title", "value": 1.0}]


def test_vectors_alone_weigh_cosines_of_what_an_article_asks_and_says(corpus: SearchEngine) -> None:
    fusion = explained(corpus, QUESTION, "semantic")["hits"][0]["explanation"]["fusion"]

    assert fusion["method"] == "retriever"
    assert {each["name"]: each["weight"] for each in fusion["terms"]} == NEARNESS


def test_a_long_question_shows_its_clauses(corpus: SearchEngine) -> None:
    story = "去年在花呗借了三万，公司倒闭一直没还上，现在想问会不会被起诉"
    read = explained(corpus, story)["explanation"]

    assert [each["text"] for each in read["clauses"]] == story.split("，")
    assert sum(each["weight"] for each in read["clauses"]) == pytest.approx(1)
    assert explained(corpus, "花呗逾期")["explanation"]["clauses"] == []


def test_retrievers_show_their_best_passage_score_and_rank(corpus: SearchEngine) -> None:
    hits = explained(corpus, "房贷提前还款", "keyword")["hits"]

    assert [hit["explanation"]["retrieved"][0]["rank"] for hit in hits[:3]] == [1, 2, 3]
    for hit in hits:
        (found,) = hit["explanation"]["retrieved"]
        assert found["retriever"] == "keyword"
        assert round(found["score"], 4) == hit["scores"]["keyword"]
        passages = passages_of(corpus, hit["id"])
        wordings = "\n".join(p.text for p in passages if p.kind == "asked")
        texts = {(p.kind, p.text) for p in passages if p.kind != "asked"} | {("asked", wordings)}
        assert (found["kind"], found["text"]) in texts


def passages_of(engine: SearchEngine, article_id: str) -> list[Any]:
    row = engine.parts.articles.row_of(article_id)
    assert row is not None
    return list(engine.parts.articles.passages_of([row])[row].values())


def test_the_passage_shown_says_why(corpus: SearchEngine) -> None:
    hits = explained(corpus, QUESTION)["hits"] + explained(corpus, "花呗用不了是什么原因")["hits"]
    reasons = {hit["explanation"]["passage"]["reason"] for hit in hits}

    assert {"lead", "fits"} <= reasons <= {"lead", "fits", "near", "tells_more"}
    for hit in hits:
        why = hit["explanation"]["passage"]
        assert set(why["told"]) <= set(why["asked"])
        assert why["score"] == pytest.approx(sum(term["value"] for term in why["terms"]))
        assert why["lead_score"] == pytest.approx(sum(term["lead_value"] for term in why["terms"]))
        assert (why["reason"] == "lead") == (why["score"] == why["lead_score"])


@pytest.mark.parametrize(
    ("question", "status"), [("花呗可以提前还款吗", "answered"), ("西红柿炒蛋放多少盐", "none")]
)
def test_the_status_follows_from_confidence_and_thresholds(
    corpus: SearchEngine, question: str, status: str
) -> None:
    told = explained(corpus, question)
    read = told["explanation"]
    confidence = added(read["confidence"])

    assert told["status"] == read["status"] == status
    assert confidence == pytest.approx(read["confidence"]["score"])
    reached = [confidence >= read[name] for name in ("suggest_from", "answer_from")]
    assert reached == [status != "none", status == "answered"]


def test_without_a_calibration_or_a_hit_there_is_no_confidence(
    corpus: SearchEngine, uncalibrated: SearchEngine
) -> None:
    assert explained(uncalibrated, "房贷")["explanation"]["confidence"] is None
    assert explained(corpus, "asdfgh", "keyword")["explanation"]["confidence"] is None
