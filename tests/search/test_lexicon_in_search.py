"""What the lexicon does to a question, over a real index built with it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from indexer.encoders.protocol import Encoder
from indexer.lexicon import Lexicon, bundled_lexicon
from indexer.pipeline import build_index
from search.engine import SearchEngine
from search.query import Query
from search.response import Notice
from tests.conftest import FAQ, entry_of


def build_with(folder: Path, encoder: Encoder, **files: str) -> SearchEngine:
    """An engine over the FAQ, with these files in place of the bundled lexicon's."""
    words = folder / "lexicon"
    shutil.copytree(bundled_lexicon().folder, words)
    for name in ("aliases.txt", "synonyms.txt", "risk.ini"):
        (words / name).unlink(missing_ok=True)
    for name, text in files.items():
        (words / f"{name}{'.ini' if name == 'risk' else '.txt'}").write_text(text, encoding="utf-8")
    index = folder / "index"
    build_index([str(FAQ)], index, encoder, entry_of(encoder), Lexicon(words))
    return SearchEngine.open(index)


def keyword_ids(engine: SearchEngine, question: str) -> list[str]:
    return [hit.id for hit in engine.search(Query.parse(question, mode="keyword")).hits]


def test_a_synonym_finds_and_marks_the_word_that_the_text_uses(
    tmp_path: Path, encoder: Encoder
) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "with").mkdir()
    assert keyword_ids(build_with(tmp_path / "plain", encoder), "月供断了") == []
    engine = build_with(tmp_path / "with", encoder, synonyms="月供断了 -> 逾期\n")
    hits = engine.search(Query.parse("月供断了", mode="keyword")).hits
    assert "mortgage-late" in [hit.id for hit in hits]
    answer = next(hit.answer for hit in hits if hit.id == "mortgage-late")
    assert "逾期" in {answer.text[start:end] for start, end in answer.highlights}


def test_a_directed_synonym_does_not_work_backwards(tmp_path: Path, encoder: Encoder) -> None:
    engine = build_with(tmp_path, encoder, synonyms="保证金 -> 解冻费\n")
    assert engine.responder.reader.read("保证金").expansions["保证金"] == ("解冻费",)
    assert engine.responder.reader.read("解冻费").expansions["解冻费"] == ()


def test_the_word_itself_counts_more_than_its_synonym(tmp_path: Path, encoder: Encoder) -> None:
    engine = build_with(tmp_path, encoder, synonyms="异议 = 免费机会\n")
    first = engine.search(Query.parse("异议", mode="keyword")).hits[0]
    other = engine.search(Query.parse("免费机会", mode="keyword")).hits[0]
    assert first.id == "credit-error"
    assert other.id == "credit-query"


@pytest.mark.parametrize(
    "question", ["zhengxin有错误怎么改", "怔信有錯誤怎么改", "征信有错误怎么改"]
)
def test_an_alias_is_answered_as_the_name_it_stands_for(
    tmp_path: Path, encoder: Encoder, question: str
) -> None:
    engine = build_with(tmp_path, encoder, aliases="征信 = zhengxin, 怔信\n")
    plain, asked = (engine.search(Query.parse(q)) for q in ("征信有错误怎么改", question))
    assert [hit.id for hit in asked.hits] == [hit.id for hit in plain.hits]
    assert [hit.score for hit in asked.hits] == [hit.score for hit in plain.hits]


def test_a_question_that_touches_a_risk_carries_its_notice(
    tmp_path: Path, encoder: Encoder
) -> None:
    risk = "[前期费用]\nterms = 先交保证金, 解冻费\nnotice = 放款前收钱的都不要信。\n"
    engine = build_with(tmp_path, encoder, risk=risk)
    assert engine.search(Query.parse("贷款叫我 先交 保证金")).notices == (
        Notice("risk", "放款前收钱的都不要信。"),
    )
    assert engine.search(Query.parse("房贷怎么提前还")).notices == ()


def test_a_changed_lexicon_is_picked_up_by_the_next_build_and_shown(
    tmp_path: Path, encoder: Encoder
) -> None:
    engine = build_with(tmp_path, encoder, aliases="征信 = zhengxin\n")
    assert engine.responder.reader.read("怔信").expansions.keys() == {"怔", "信"}
    words = Lexicon(tmp_path / "lexicon")
    with (words.folder / "aliases.txt").open("a", encoding="utf-8") as file:
        file.write("征信 = 怔信\n")
    build_index([str(FAQ)], tmp_path / "index", encoder, entry_of(encoder), words)
    again = SearchEngine.open(tmp_path / "index")
    assert again.responder.reader.read("怔信").expansions.keys() == {"征信"}
    assert again.manifest.lexicon["aliases.txt"] != engine.manifest.lexicon["aliases.txt"]
    assert again.manifest.lexicon["dictionary.txt"] == engine.manifest.lexicon["dictionary.txt"]
