"""How far the articles of an index agree with a question, over the bundled corpus."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.aspects import NO_AGREEMENT, Agreement
from search.engine import SearchEngine
from search.explained import format_hit, format_query
from search.query import Query


@pytest.fixture(scope="module")
def corpus(corpus_index: Path) -> SearchEngine:
    return SearchEngine.open(corpus_index)


def agreement(engine: SearchEngine, question: str, article_id: str) -> Agreement:
    row = engine.parts.articles.row_of(article_id)
    assert row is not None
    reader = engine.responder.agreements
    asked = reader.asked(engine.responder.reader.read(question).words)
    return reader.agreements(asked, [row])[row]


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("花呗晚还了一天", "huabei-yuqi-yitian", "huabei-yuqi-sangeyue"),
        ("花呗拖了90天没还", "huabei-yuqi-sangeyue", "huabei-yuqi-yitian"),
        ("蚂蚁花贝逾期一天", "huabei-yuqi-yitian", "jiebei-yuqi-yitian"),
        ("借呗还没还完能再借吗", "jiebei-meihuanqing-zaijie", "jiebei-huanqing-zaijie"),
        ("借呗结清以后能不能再借", "jiebei-huanqing-zaijie", "jiebei-meihuanqing-zaijie"),
        ("借呗逾期了会影响花呗吗", "jiebei-yuqi-huabei", "huabei-yuqi-jiebei"),
        ("一个月0.6%的利息", "lilv-yuexi-liuli", "lilv-rixi-wanwu"),
        ("日利率0.05%", "lilv-rixi-wanwu", "lilv-rixi-waner"),
        ("第一套房首付", "fangdai-shoufu-shoutao", "fangdai-shoufu-ertao"),
        ("等额本金提前还", "lilv-benjin-tiqian", "lilv-benxi-tiqian"),
        ("lpr的房贷能换成固定的吗", "fangdai-lpr-zhuan-guding", "fangdai-guding-zhuan-lpr"),
        ("没有执照能办经营贷吗", "jingyingdai-wu-zhizhao", "jingyingdai-wei-dai-banzhao"),
        ("京东金条会上征信吗", "jintiao-shang-zhengxin", "baitiao-shang-zhengxin"),
    ],
)
def test_the_right_neighbour_agrees_more(
    corpus: SearchEngine, question: str, right: str, wrong: str
) -> None:
    one, other = (agreement(corpus, question, each) for each in (right, wrong))
    parts = ("product", "numbers", "contrasts")
    assert sum(getattr(one, part) for part in parts) > sum(getattr(other, part) for part in parts)
    assert min(getattr(one, part) for part in parts) >= 0


def test_a_question_about_nothing_known_agrees_with_nothing(corpus: SearchEngine) -> None:
    assert agreement(corpus, "西红柿炒蛋放多少盐", "huabei-yuqi-yitian") == NO_AGREEMENT


def test_the_explanation_says_what_was_understood(corpus: SearchEngine) -> None:
    question = "花呗晚还90天，按年化18%算吗"
    told = corpus.search(Query.parse(question, limit=50, explain=True))
    assert told.explanation is not None
    assert told.explanation.to_json()["about"] == {
        "products": ["花呗"],
        "numbers": ["年利率 18%", "逾期 3 个月"],
        "contrasts": {"额度还是利率": ["利率"], "还款时间": ["逾期"]},
    }
    assert "问的  花呗；年利率 18%；逾期 3 个月" in format_query(told.explanation)

    explained = {hit.id: hit.explanation for hit in told.hits}
    for name, numbers in (("huabei-yuqi-yitian", -1), ("huabei-yuqi-sangeyue", 1)):
        explanation = explained[name]
        assert explanation is not None
        said = explanation.to_json()["agreement"]
        assert isinstance(said, dict)
        assert (said["product"], said["numbers"]) == (1, numbers)
        assert said["about"]["products"] == ["花呗"]
        assert f"相合 产品 +1.00，数字 {numbers:+.2f}" in "\n".join(format_hit(explanation))
