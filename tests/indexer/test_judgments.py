"""Judged questions: read with every fault named."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
import yaml

import data
from indexer.errors import JudgmentsError
from indexer.judgments import Judgment, read_judgments
from indexer.readers import read_sources


def test_the_highest_grade_counts_as_right() -> None:
    assert Judgment("问", {"a": 1, "b": 2, "c": 2, "d": 0}).best == {"b", "c"}
    assert Judgment("问", {"a": 1, "b": 0}).best == {"a"}
    assert not Judgment("问", {}).answerable
    assert not Judgment("问", {"a": 0}).answerable


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "not JSON"),
        ("[]", "each line must be a JSON object"),
        ('{"relevant": {}}', 'missing "query"'),
        ('{"query": " ", "relevant": {}}', 'missing "query"'),
        ('{"query": "问"}', '"relevant" must give'),
        ('{"query": "问", "relevant": ["a"]}', '"relevant" must give'),
        ('{"query": "问", "relevant": {"a": 9}}', '"relevant" must give'),
        ('{"query": "问", "relevant": {"a": "2"}}', '"relevant" must give'),
        ('{"query": "问", "relevant": {}, "kind": 1}', '"kind" must be text'),
    ],
)
def test_a_fault_names_its_line(tmp_path: Path, line: str, problem: str) -> None:
    file = tmp_path / "judged.jsonl"
    file.write_text(f'{{"query": "好", "relevant": {{}}}}\n{line}\n', encoding="utf-8")
    with pytest.raises(JudgmentsError, match=f"judged.jsonl:2: {problem}"):
        read_judgments(file)


def test_an_empty_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "judged.jsonl"
    file.write_text("\n", encoding="utf-8")
    with pytest.raises(JudgmentsError, match="no judged question"):
        read_judgments(file)


PARTS = ("train", "dev", "test")
KINDS = {
    *("colloquial", "keywords", "story", "typo", "synonym", "broad", "short"),
    *("none-far", "none-near"),
}
BUNDLED = {part: read_judgments(data.JUDGMENTS / f"{part}.jsonl") for part in PARTS}
ARTICLES = read_sources([str(data.CORPUS)]).articles


def test_the_bundled_questions_are_enough_for_every_article() -> None:
    everything = [each for judgments in BUNDLED.values() for each in judgments]
    asked = Counter(key for each in everything for key in each.best)
    assert len(everything) >= 1600
    assert sum(not each.answerable for each in everything) >= 300
    assert sum(len(each.best) > 1 for each in everything) >= 150
    assert {article.id: asked[article.id] for article in ARTICLES if asked[article.id] < 3} == {}
    assert set(asked) <= {article.id for article in ARTICLES}


def test_the_bundled_questions_are_of_known_kinds_and_none_is_asked_twice() -> None:
    everything = [each for judgments in BUNDLED.values() for each in judgments]
    assert {each.kind for each in everything} == KINDS
    assert len({each.query for each in everything}) == len(everything)
    for each in everything:
        assert each.answerable != each.kind.startswith("none-")


def families() -> dict[str, str]:
    """The family of each article; one without is its own."""
    declared = {
        file.stem: yaml.safe_load(file.read_text(encoding="utf-8").split("---\n")[1])["family"]
        for file in data.CORPUS.glob("*.md")
    }
    return {article: family or article for article, family in declared.items()}


def written_for(judgment: Judgment) -> frozenset[str]:
    """The one article that a question is about; none where several answer or none does."""
    alone = len(judgment.best) == 1 and judgment.kind != "broad"
    return judgment.best if alone else frozenset()


def test_families_of_articles_are_judged_in_one_part_only() -> None:
    family = families()
    seen: dict[str, set[str]] = {}
    for part, judgments in BUNDLED.items():
        for each in judgments:
            for article in written_for(each):
                seen.setdefault(family[article], set()).add(part)
    assert {name: parts for name, parts in seen.items() if len(parts) > 1} == {}


def bigrams(text: str) -> set[str]:
    plain = "".join(char for char in text if char.isalnum()).lower()
    return set(map(str.__add__, plain, plain[1:]))


def test_no_wording_of_an_article_is_nearly_a_judged_question() -> None:
    judged = [bigrams(each.query) for judgments in BUNDLED.values() for each in judgments]
    holding: dict[str, list[int]] = {}
    for number, each in enumerate(judged):
        for bigram in each:
            holding.setdefault(bigram, []).append(number)
    for article in ARTICLES:
        for wording in article.asked:
            own = bigrams(wording)
            shared = Counter(number for bigram in own for number in holding.get(bigram, ()))
            nearest = max(
                (n / len(own | judged[number]) for number, n in shared.items()), default=0
            )
            assert nearest <= 0.6, wording


def test_a_judgment_file_is_plain_json_lines() -> None:
    for line in (data.JUDGMENTS / "test.jsonl").read_text(encoding="utf-8").splitlines():
        assert set(json.loads(line)) == {"query", "relevant", "kind"}
