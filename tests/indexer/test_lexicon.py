"""The lexicon: plain files that say what they do, every fault named."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import SourceError
from indexer.lexicon import Lexicon
from indexer.risks import Risk, RiskTerm
from indexer.stages import Stage
from indexer.subjects import Contrast, Subject


def lexicon(folder: Path, **files: str) -> Lexicon:
    """A lexicon folder with these files; those that must be there are empty otherwise."""
    for name in ("dictionary.txt", "stopwords.txt", "boilerplate.txt"):
        (folder / name).write_text("", encoding="utf-8")
    for name, text in files.items():
        suffix = ".ini" if name in ("risk", "contrasts", "stages") else ".txt"
        (folder / f"{name}{suffix}").write_text(text, encoding="utf-8")
    return Lexicon(folder)


def test_words_are_normalised_as_they_are_read(tmp_path: Path) -> None:
    words = lexicon(tmp_path, dictionary="# 产品\n花唄 1000\nＬＰＲ 2000\n", stopwords="嗎\n\n的\n")
    assert words.dictionary() == {"花呗": 1000, "lpr": 2000}
    assert words.stopwords() == {"吗", "的"}


def test_an_alias_stands_for_one_name(tmp_path: Path) -> None:
    words = lexicon(tmp_path, aliases="花呗 = 蚂蚁花呗, HUABEI，花被\n征信 = zhengxin\n")
    assert words.aliases() == {
        "蚂蚁花呗": "花呗",
        "huabei": "花呗",
        "花被": "花呗",
        "zhengxin": "征信",
    }


def test_synonyms_have_a_direction_unless_they_mean_the_same(tmp_path: Path) -> None:
    words = lexicon(tmp_path, synonyms="还不上 -> 逾期, 没钱还\n提额 = 提升额度 = 提高额度\n")
    assert words.synonyms() == {
        "还不上": ("逾期", "没钱还"),
        "提额": ("提升额度", "提高额度"),
        "提升额度": ("提额", "提高额度"),
        "提高额度": ("提额", "提升额度"),
    }


def test_names_and_phrases_are_kept_whole(tmp_path: Path) -> None:
    words = lexicon(
        tmp_path, dictionary="花呗 1000\n", aliases="花呗 = 花被\n", synonyms="甲 -> 乙丙\n"
    )
    assert set(words.whole_words()) == {"花呗", "花被", "甲", "乙丙"}
    assert words.whole_words()["花呗"] == 1000


def test_a_risk_has_terms_and_a_notice(tmp_path: Path) -> None:
    words = lexicon(tmp_path, risk="[套现]\nterms = 套现, TX出来\nnotice = 套现违反合同。\n")
    terms = (RiskTerm((("套现",),)), RiskTerm((("tx出来",),)))
    assert words.risks() == (Risk("套现", terms, "套现违反合同。"),)


def test_a_subject_belongs_to_all_that_what_it_belongs_to_does(tmp_path: Path) -> None:
    words = lexicon(
        tmp_path,
        subjects="消费贷\n网贷 = 網上貸款 : 消费贷\n支付宝\n花呗 ： 支付宝，网贷\n",
    )
    assert words.subjects() == (
        Subject(("消费贷",), frozenset()),
        Subject(("网贷", "网上贷款"), frozenset({"消费贷"})),
        Subject(("支付宝",), frozenset()),
        Subject(("花呗",), frozenset({"支付宝", "网贷", "消费贷"})),
    )


def test_a_contrast_has_sides_with_phrases(tmp_path: Path) -> None:
    words = lexicon(tmp_path, contrasts="[还清]\n是 = 還清了, 结清\n否 = 还…欠着\n")
    assert words.contrasts() == (
        Contrast("还清", {"是": ("还清了", "结清"), "否": ("还...欠着",)}),
    )


def test_a_stage_has_terms_and_what_follows(tmp_path: Path) -> None:
    words = lexicon(
        tmp_path, stages="[逾期]\nterms = 逾期\nnext = 催收\n[催收]\nterms = 催收\nalike = yes\n"
    )
    assert words.stages() == (
        Stage("逾期", ("逾期",), frozenset({"催收"}), ""),
        Stage("催收", ("催收",), frozenset(), "yes"),
    )


def test_what_is_optional_may_be_missing(tmp_path: Path) -> None:
    words = lexicon(tmp_path)
    assert (words.aliases(), words.synonyms(), words.risks()) == ({}, {}, ())
    assert (words.subjects(), words.contrasts(), words.stages()) == ((), (), ())


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("dictionary", "# 词\n花呗 1000\n借呗\n", r"dictionary.txt:3: write"),
        ("aliases", "花呗\n", r"aliases.txt:1: write"),
        ("aliases", "花呗 = 花被\n花贝 = 花被\n", r'aliases.txt:2: "花被" already stands'),
        ("synonyms", "还不上\n", r"synonyms.txt:1: write"),
        ("synonyms", "还不上 ->\n", r"synonyms.txt:1: write"),
        ("risk", "[套现]\nterms = 套现\n", r"risk.ini: each section needs"),
        ("risk", "terms = 套现\n", r"risk.ini: each section needs"),
        ("subjects", "花呗\n: 支付宝\n", r'subjects.txt:2: write "name = other names'),
        ("subjects", "花呗\n借呗 = 花唄\n", r'subjects.txt:2: "花呗" already stands in line 1'),
        ("subjects", "花呗 : 支付宝\n", r'subjects.txt:1: "支付宝" has no line of its own'),
        ("subjects", "甲 : 乙\n乙 : 甲\n", r'subjects.txt:1: "甲" belongs to itself'),
        ("contrasts", "[还清]\n还清 = 还清了\n", r"contrasts.ini: \[还清\] needs two sides"),
        ("contrasts", "[还清]\n是 = 还清了\n否 =\n", r"contrasts.ini: \[还清\] needs two sides"),
        ("contrasts", "[查]\n是 = 替…查\n", r'contrasts.ini: \[查\] "替...查" needs two char'),
        ("contrasts", "是 = 还清了\n", r"contrasts.ini: each section needs its sides"),
        ("stages", "[逾期]\nnext = 催收\n", r"stages.ini: \[逾期\] needs terms"),
        ("stages", "[逾期]\nterms = 逾期\nnext = 催收\n", r'\[逾期\] cannot be followed by "催收"'),
        ("stages", "[逾期]\nterms = 逾期\nnext = 逾期\n", r'\[逾期\] cannot be followed by "逾期"'),
        (
            "stages",
            "[甲]\nterms = 还清\n[乙]\nterms = 還清\n",
            r'"还清" stands in \[甲\] and \[乙\]',
        ),
        ("stages", "[甲]\nterms = 还清…\n", r'\[甲\] "还清..." needs characters around'),
        ("stages", "[甲]\nterms = 还清\nalike = 是\n", r"\[甲\] write alike = yes"),
    ],
)
def test_a_fault_names_its_line(tmp_path: Path, name: str, text: str, message: str) -> None:
    words = lexicon(tmp_path, **{name: text})
    with pytest.raises(SourceError, match=message):
        (words.whole_words(), words.risks(), words.subjects(), words.contrasts(), words.stages())


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    lexicon(tmp_path)
    (tmp_path / "stopwords.txt").unlink()
    with pytest.raises(SourceError, match=r"stopwords.txt: the lexicon file is missing"):
        Lexicon(tmp_path).fingerprints()
