"""What a question and an article are about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.article import Article
from indexer.aspects import AspectReader, Aspects, Product, Quantity
from indexer.aspects.question_forms import without_question_forms


def products(aspects: Aspects) -> list[str]:
    return [each.name for each in aspects.products]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("花呗逾期了借呗还能用吗", ["花呗", "借呗"]),
        ("huabei怎么关", ["花呗"]),
        ("蚂蚁花贝", ["花呗"]),
        ("狗东白条和金条", ["京东白条", "京东金条"]),
        ("京东白条", ["京东白条"]),
        ("京东借钱", ["京东"]),
        ("支付宝里的借呗", ["借呗"]),
        ("存量房贷", ["房贷"]),
        ("公积金能还房贷吗", ["公积金"]),
        ("度小满有钱花", ["度小满"]),
        # No product stands where words only meet.
        ("部分付款", []),
        ("我没有钱花了", []),
        ("征信花了", []),
    ],
)
def test_products_are_known_by_every_name(
    reader: AspectReader, text: str, names: list[str]
) -> None:
    assert products(reader.read(text)) == names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("花呗能不能提前还款", "花呗能提前还款吗"),
        ("逾期会不会上征信", "逾期会上征信吗"),
        ("可不可以用花呗", "可以用花呗吗"),
        ("可否提前还款", "可以提前还款吗"),
        ("没还清能再借一笔不", "没还清能不能再借一笔"),
        ("提前还款要不要违约金", "提前还款要违约金吗"),
        ("是不是上征信", "是上征信吗"),
        ("办了没有", "办了吗"),
        ("还能用不", "还能用吗"),
        ("房贷还清了没", "房贷还清了吗"),
    ],
)
def test_forms_that_ask_never_negate(reader: AspectReader, one: str, other: str) -> None:
    assert reader.read(one) == reader.read(other)


@pytest.mark.parametrize("text", ["还没还清", "钱还没还完", "不能用", "没有银行卡", "不上征信"])
def test_what_negates_goes_on_negating(text: str) -> None:
    assert without_question_forms(text) == text


@given(st.sampled_from(["能", "会", "要", "可以", "是"]), st.sampled_from(["提前还", "上征信"]))
def test_verb_not_verb_is_the_verb(verb: str, what: str) -> None:
    assert without_question_forms(f"{verb}不{verb}{what}") == f"{verb}{what}"
    assert without_question_forms(f"{verb[0]}不{verb}{what}") == f"{verb}{what}"
    assert without_question_forms(f"{verb}{what}吗") == f"{verb}{what}"


@pytest.mark.parametrize(
    ("text", "axis", "sides"),
    [
        ("借呗还清了能再借吗", "还清", {"是"}),
        ("借呗没还清能再借吗", "还清", {"否"}),
        ("借呗还没还完", "还清", {"否"}),
        ("借呗没有还清", "还清", {"否"}),
        ("会上征信吗", "上征信", {"是"}),
        ("有不上征信的贷款吗", "上征信", {"否"}),
        ("不会上征信的", "上征信", {"否"}),
        ("没有银行卡能贷吗", "银行卡", {"没有"}),
        ("提前还款", "还款时间", {"提前"}),
        ("晚还一天", "还款时间", {"逾期"}),
        ("首套房首付", "首套二套", {"首套"}),
        ("第二套房首付", "首套二套", {"二套"}),
        ("等额本息和等额本金哪个好", "还款法", {"等额本息", "等额本金"}),
        ("固定利率的房贷能转成lpr吗", "利率转换", {"固定转浮动"}),
        ("lpr的房贷能换成固定利率吗", "利率转换", {"浮动转固定"}),
        ("花呗不能用了", "使用", {"不能"}),
        ("花呗还能用吗", "使用", {"能"}),
    ],
)
def test_a_text_is_on_a_side(reader: AspectReader, text: str, axis: str, sides: set[str]) -> None:
    assert reader.read(text).contrasts[axis] == sides


@pytest.mark.parametrize(
    ("text", "axis"),
    [("从没逾期过", "还款时间"), ("有没有银行卡都能办吗", "银行卡"), ("房贷怎么还", "还清")],
)
def test_what_is_denied_or_left_open_is_no_side(reader: AspectReader, text: str, axis: str) -> None:
    assert axis not in reader.read(text).contrasts


def test_an_article_is_about_its_title_then_its_category_and_touches_its_tags(
    reader: AspectReader,
) -> None:
    def article(title: str, category: str, *tags: str) -> Aspects:
        return reader.read_article(Article("a", title, (), category, tags=tags))

    assert products(article("花呗逾期一天会怎么样", "花呗", "借呗")) == ["花呗"]
    assert products(article("首付最少要几成", "房贷")) == ["房贷"]
    general = article("等额本息怎么算", "利率与还款", "房贷", "等额本息")
    assert products(general) == []
    assert [each.name for each in general.touched] == ["房贷"]
    # Numbers of tags would be the article's examples.
    assert article("网贷最多能借多少", "其他平台", "20万").quantities == ()
    # What the title is silent about its tags may say; they add nothing to what it says.
    assert article("车子怎么办", "车贷", "逾期").contrasts["还款时间"] == {"逾期"}
    assert article("提前还款", "车贷", "逾期").contrasts["还款时间"] == {"提前"}


_NAMES = st.text("花呗借京东条", min_size=1, max_size=4)
_PRODUCTS = st.lists(
    st.builds(Product, _NAMES, st.frozensets(_NAMES, max_size=2)),
    max_size=3,
    unique_by=lambda each: each.name,
).map(tuple)


@given(
    st.builds(
        Aspects,
        _PRODUCTS,
        _PRODUCTS,
        st.lists(
            st.builds(
                Quantity,
                st.sampled_from(["rate", "amount", "duration", "count"]),
                st.fractions(),
                st.sampled_from(["", "overdue", "次"]),
            ),
            max_size=3,
        ).map(tuple),
        st.dictionaries(_NAMES, st.frozensets(_NAMES, min_size=1, max_size=2), max_size=3),
    )
)
def test_aspects_are_kept_exactly(aspects: Aspects) -> None:
    assert Aspects.from_json(aspects.to_json()) == aspects


def test_what_is_no_aspect_is_refused() -> None:
    with pytest.raises(ValueError, match="no kind of number: 'weight'"):
        Aspects.from_json({"quantities": [["weight", "1", ""]]})
