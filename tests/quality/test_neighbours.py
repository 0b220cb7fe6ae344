"""Neighbours of the bundled corpus that differ in a number, a product or a side.

Each article's own question, said otherwise, puts it above all others of its family: where the
encoder and the weights are fitted, in all but one of two hundred such questions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

import data
from indexer.article import Article
from indexer.readers import read_sources
from indexer.reading import DEFAULTS
from search.engine import SearchEngine
from search.query import Query
from tests.quality.test_understanding import rewritten

# Written from the titles alone, in other words.
QUESTIONS: Mapping[str, Sequence[str]] = {
    "花呗逾期一天会怎么样": (
        "花呗晚还了一天有事吗",
        "花呗昨天该还的今天才还",
    ),
    "花呗逾期三个月会怎么样": (
        "花呗拖了90天没还会怎样",
        "花呗九十天没还了",
    ),
    "微粒贷逾期一天还款会有影响吗": ("微粒贷晚还1天要紧吗",),
    "微粒贷逾期三个月会怎么样": (
        "微粒贷三个月没还会咋样",
        "微立贷欠了90天了",
    ),
    "车贷拖了三个月没还会怎么样": (
        "车贷已经90天没还了",
        "车贷逾期3个月会咋样",
    ),
    "车贷忘还了一天会怎么样": (
        "车贷晚了1天才还",
        "车贷逾期一天有影响吗",
    ),
    "房贷连续三个月没还会怎么样": (
        "房贷断了90天会怎样",
        "房贷逾期3个月了",
    ),
    "房贷晚还一天要紧吗": (
        "房贷逾期1天会怎样",
        "房贷忘还一天有没有事",
    ),
    "日息万二相当于年化多少": (
        "日利率0.02%一年是多少",
        "每天万分之二合年利率几个点",
        "万二的日息换成年化",
    ),
    "日息万五换算成年利率是多少": (
        "日利率0.05%一年是多少",
        "每天万分之五合年利率几个点",
    ),
    "月息6厘是多少利率": (
        "月利率0.6%是几厘",
        "月息六厘高不高",
    ),
    "月息1分借一万一年多少利息": (
        "月利率百分之一借1万块，一年利息多少",
        "月息一分，借一万",
    ),
    "年利率超过36%就是犯罪吗": ("年化百分之三十六以上犯法吗",),
    "网贷年化超过24%可以少还吗": ("网贷年利率百分之二十四以上能不能少还",),
    "借呗还清了能马上再借吗": (
        "借呗结清以后能不能再借",
        "借呗全还完了可以接着借吗",
    ),
    "借呗没还清能再借一笔吗": (
        "借呗还没还完能不能再借",
        "借呗还有欠款可以再来一笔吗",
    ),
    "信用卡还清欠款后怎么注销": (
        "信用卡都还完了怎么销卡",
        "信用卡结清以后注销怎么办理",
    ),
    "信用卡还有欠款能不能注销": (
        "信用卡没还清可以销卡吗",
        "信用卡还欠着钱能注销吗",
    ),
    "信用卡一直没激活会收年费吗": (
        "信用卡没激活要交年费吗",
        "办了信用卡从没开卡激活，扣年费吗",
    ),
    "信用卡激活后一直不用会被停吗": (
        "信用卡激活了不用会不会停卡",
        "信用卡激活以后放着不刷会怎样",
    ),
    "没有营业执照能申请经营贷吗": (
        "没执照能不能办经营贷",
        "无营业执照可以申请经营贷吗",
    ),
    "为了贷款去办个营业执照行吗": ("专门办个执照去贷款可以吗",),
    "买首套房首付最少要几成": (
        "第一套房首付最低多少",
        "头一次买房首付要付几成",
    ),
    "买第二套房首付要比首套高吗": (
        "二套房首付多少",
        "再买一套房首付要更多吗",
    ),
    "等额本息还了几年再提前还还划算吗": ("等额本息中途提前还划不划算",),
    "等额本金还到一半提前还划算吗": ("等额本金中途提前还划不划算",),
    "等额本金每月还多少怎么算": ("等额本金的月供怎么算",),
    "等额本息每月还多少怎么算": ("等额本息的月供怎么算",),
    "固定利率的房贷还能转成LPR吗": ("固定的房贷能不能改成lpr",),
    "LPR浮动房贷能转成固定利率吗": ("lpr的房贷能不能改成固定的",),
    "花呗逾期了借呗还能用吗": ("花呗欠着没还，借呗能不能用",),
    "借呗逾期了花呗还能用吗": ("借呗欠着没还，花呗能不能用",),
    "还在还贷的车能再抵押贷款吗": (
        "按揭车能不能抵押贷款",
        "车贷没还清能拿车去抵押吗",
    ),
    "全款买的车能抵押贷款吗": (
        "全款车能不能抵押",
        "付清了的车可以抵押贷款吗",
    ),
    "花呗还的钱没到最低还款算逾期吗": ("花呗没还够最低算不算逾期",),
    "花呗还了最低还款算不算逾期": ("花呗只还了最低还款额算逾期吗",),
    "呆账还清以后征信还有影响吗": ("呆账结清了对征信还有没有影响",),
    "法院判决后还能协商分期还吗": ("判下来以后能不能协商分期",),
    "公积金断缴了还能贷款吗": ("公积金停缴了能不能贷款",),
    "公积金断缴了还能提取吗": ("公积金停缴了能不能取出来",),
    "房子抵押了自己还能住吗": ("抵押出去的房子自己能住不",),
    "抵押的房子还能出租吗": ("抵押出去的房子能租给别人不",),
    "京东白条会上征信吗": ("白条上不上征信",),
    "京东金条会上征信吗": ("金条上不上征信",),
    "花呗会上征信吗": (
        "花呗上不上征信",
        "蚂蚁花呗进征信吗",
    ),
    "借呗会上征信吗": (
        "借呗上不上征信",
        "jiebei会不会报征信",
    ),
    "花呗可以提前还款吗": ("花呗能不能早点还",),
    "借呗提前还清有手续费吗": ("借呗早点还清要手续费不",),
    "微粒贷可以提前还款吗": ("微粒贷能不能提早还",),
    "征信有过一次逾期还能贷款吗": ("逾期过1次还能不能贷款",),
    "现在还有逾期没还能申请贷款吗": ("眼下有逾期没还清能贷款吗",),
    "信用卡个性化分期最长能分几年": ("停息挂账最长分多久",),
    "信用卡普通分期最长能分几年": ("信用卡一般分期最多能分多久",),
    "经营贷最长可以贷几年": ("经营贷最多能贷多久",),
    "消费贷最长可以贷几年": ("消费贷最多能贷多久",),
    "用过一次公积金贷款还能再贷吗": ("公积金贷款用过1回还能不能再用",),
    "微粒贷还款的银行卡能换吗": ("微粒贷扣款的卡能不能换",),
    "微粒贷收款的银行卡能换吗": ("微粒贷到账的卡能不能换",),
    "二手房房贷什么时候放款": ("二手房的贷款多久放下来",),
    "新房房贷什么时候放款": ("期房的贷款多久放下来",),
    "借条上没写还款日期什么时候还": ("欠条没写哪天还，啥时候还",),
    "借条上没写利息能要利息吗": ("欠条没写利息能不能要利息",),
    "有白条额度为什么没有金条额度": ("白条有额度金条咋没有",),
}


@pytest.fixture(scope="module")
def articles() -> Mapping[str, Article]:
    """By title, those that have a family."""
    read = read_sources([str(data.CORPUS)], DEFAULTS, lambda _: None).articles
    return {article.title: article for article in read if article.family}


@pytest.fixture(scope="module")
def families(articles: Mapping[str, Article]) -> Mapping[str, set[str]]:
    found = defaultdict(set)
    for article in articles.values():
        found[article.family].add(article.id)
    return found


def out_of_order(
    engine: SearchEngine,
    asked: Sequence[tuple[str, Article]],
    families: Mapping[str, set[str]],
) -> dict[str, str]:
    """Questions that find another article of the family first, with that article."""
    wrong = {}
    for question, article in asked:
        ranked = [each.card.id for each in engine.rank(Query.parse(question))]
        first = next((each for each in ranked if each in families[article.family]), "")
        if first != article.id:
            wrong[question] = first
    return wrong


@pytest.fixture(scope="module")
def asked(articles: Mapping[str, Article]) -> Sequence[tuple[str, Article]]:
    """Titles put otherwise by rule, and by hand."""
    by_rule = [
        (question, article)
        for title, article in articles.items()
        if (question := rewritten(title)) != title
    ]
    by_hand = [(each, articles[title]) for title, those in QUESTIONS.items() for each in those]
    return [*by_rule, *by_hand]


def test_the_own_article_is_nearly_always_above_its_whole_family(
    corpus_index: Path,
    asked: Sequence[tuple[str, Article]],
    families: Mapping[str, set[str]],
) -> None:
    engine = SearchEngine.open(corpus_index)
    assert len(asked) > 300
    wrong = out_of_order(engine, asked, families)
    assert len(wrong) <= 0.005 * len(asked), wrong
    engine.close()


def test_without_a_calibration_hardly_any_neighbour_comes_before(
    corpus_index: Path,
    asked: Sequence[tuple[str, Article]],
    families: Mapping[str, set[str]],
) -> None:
    engine = SearchEngine.open(corpus_index, calibrated=False)
    wrong = out_of_order(engine, asked, families)
    assert len(wrong) <= 0.015 * len(asked), wrong
    engine.close()
