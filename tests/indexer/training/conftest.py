"""Question pairs of our own, enough to learn from in a second."""

from __future__ import annotations

from itertools import combinations, product
from pathlib import Path

import pytest

from indexer.training.pairs import Pair

# Each line asks one thing in several ways.
_MEANINGS = (
    ("怎么还花呗", "花呗如何还款", "花呗在哪里还", "花呗还款的方法"),
    ("花呗额度是多少", "我的花呗能用多少", "花呗有多少额度", "查花呗额度"),
    ("借呗怎么开通", "如何开通借呗", "借呗在哪开", "想开借呗"),
    ("借呗利息怎么算", "借呗一天多少利息", "借呗的利率", "借呗收多少息"),
    ("征信不好能贷款吗", "征信花了可以贷吗", "信用差贷得到款吗", "征信黑了还能贷吗"),
    ("房贷可以提前还吗", "提前还房贷行不行", "房贷能不能早点还清", "想提前结清房贷"),
    ("逾期会怎么样", "没按时还有什么后果", "晚还了会如何", "逾期的后果"),
    ("贷款要什么材料", "申请贷款准备哪些资料", "办贷款带什么", "贷款材料清单"),
)


@pytest.fixture(scope="session")
def judged() -> list[Pair]:
    """All pairs: within a meaning the same, across two not."""
    same = [Pair(a, b, True) for asked in _MEANINGS for a, b in combinations(asked, 2)]
    other = [
        Pair(a, b, False)
        for one, two in combinations(_MEANINGS, 2)
        for a, b in product(one[:2], two[:2])
    ]
    return same + other


@pytest.fixture
def pairs_file(tmp_path: Path, judged: list[Pair]) -> Path:
    path = tmp_path / "own.tsv"
    rows = [f"{pair.first}\t{pair.second}\t{int(pair.same)}\n" for pair in judged]
    path.write_text("".join(rows), encoding="utf-8")
    return path
