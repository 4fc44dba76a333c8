"""Sentences of a conclusion: their texts in two languages, and the values put into them.

In: a key and values. Out: a sentence in English or Chinese. Values that differ by language are
passed as `Name` and `Term`, numbers as text.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sim.words.currency import in_currency
from sim.words.language import Language


class Name(NamedTuple):
    """A scenario, by its short name or file; the caller of `in_words` decides how it is shown."""

    slug: str


class Term(NamedTuple):
    """Words for one thing, English and Chinese."""

    en: str
    zh: str


class Item(NamedTuple):
    """A thing with a number, such as a payment with its sum."""

    term: Term | Name
    text: str


type Value = str | Name | Term | tuple["Name | Term | Item", ...]


@dataclass(frozen=True)
class Statement:
    """One sentence.

    Args:
        key: Key of its text in `TEXTS`.
        values: Values for the fields of that text.
        about: The scenario that it is about; empty if it is about all.
    """

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)
    about: str = ""


TEXTS: dict[str, Term] = {
    "small": Term(
        "The smallest true effect of a scenario on the measure “{measure}” that these {pairs}"
        " replicates would show with a chance of 80 % is {smallest}. The change in this measure is"
        " not clear for these scenarios: {items}. In brackets: the number of replicates that would"
        " show the change, if the true difference is the one estimated here.",
        "情景对“{measure}”的真实影响至少为{smallest}时，这{pairs}次重复才有80%的把握显示出来。"
        "下列情景在该指标上的变化不明：{items}。括号内为显示该变化所需的重复次数（假定差异确如目前所见）。",
    ),
    "first": Term(
        "{measure}: {difference} ({low} to {high}).",
        "{measure}：{difference}（{low}至{high}）。",
    ),
    "across": Term(
        "{name} differs from {base} not only in its policies but also in its world ({differences}):"
        " either may be why the results differ.",
        "“{name}”与“{base}”不仅政策不同，世界本身也不同（{differences}），差异可能来自后者。",
    ),
    "best": Term(
        "{best} brings creditors the most: {net} yuan more per debtor and year than {base}, net of"
        " costs and losses ({low} to {high}), and clearly more than every other scenario here.",
        "“{best}”使债权人净受偿最多：比“{base}”平均每名债务人每年多{net}元（{low}至{high}），"
        "且明显多于其他情景。",
    ),
    "best_alone": Term(
        "{best} brings creditors {net} yuan more per debtor and year than {base}, net of"
        " costs and losses ({low} to {high}).",
        "“{best}”使债权人净受偿比“{base}”平均每名债务人每年多{net}元（{low}至{high}）。",
    ),
    "best_tied": Term(
        "{best} brings creditors the most on average: {net} yuan more per debtor and year than"
        " {base}, net of costs and losses ({low} to {high}). But these {pairs} replicates do not"
        " distinguish it from {rivals}.",
        "“{best}”使债权人净受偿最多（按均值）：比“{base}”平均每名债务人每年多{net}元（{low}至{high}）；"
        "但这{pairs}次重复不足以把它与{rivals}区分开。",
    ),
    "none_better": Term(
        "In none of these scenarios do creditors clearly receive more than in {base}, net of"
        " their own costs and of losses in forced sales and freezes.",
        "没有一个情景使债权人的净受偿明显多于“{base}”。",
    ),
    "more_rival": Term(
        "About {count} replicates would distinguish {best} from {rival} by the measure “{measure}”,"
        " if the true difference is the one estimated here.",
        "若差异确如目前所见，约需{count}次重复才能按“{measure}”区分“{best}”与“{rival}”。",
    ),
    "equal_cost": Term(
        "These scenarios are set to the doses at which each of them costs {budget} a year more than"
        " {base}, on average over these runs: {doses}.",
        "下列情景的力度已调整到平均每年比“{base}”多花费{budget}：{doses}。",
    ),
    "unspent_free": Term(
        "{name} cannot use up the budget of {budget} a year: even at its largest dose, {dose}, it"
        " does not clearly cost the public anything. Others may pay for it.",
        "“{name}”用不了每年{budget}的预算：力度最大（{dose}）时也看不出明显的公共成本；"
        "成本可能由他人承担。",
    ),
    "unspent": Term(
        "{name} cannot use up the budget: at its largest dose, {dose}, it costs only {cost} a year,"
        " against a budget of {budget}, so it is not compared at equal cost.",
        "“{name}”用不完预算：力度最大（{dose}）时每年花费{cost}，预算为{budget}，故并非等额比较。",
    ),
    "over": Term(
        "No dose of {name} costs exactly the budget, because its cost rises in jumps: at the dose"
        " used, {dose}, it costs {cost} a year, against a budget of {budget}.",
        "“{name}”的成本有跳跃，没有恰好等于预算的力度：所取力度（{dose}）每年花费{cost}，预算为{budget}。",
    ),
    "failed": Term("{name} failed: {error}.", "“{name}”运行失败：{error}。"),
    "few": Term(
        "{name} reached {claims} in {pairs} replicates: too few to say anything about it.",
        "“{name}”在{pairs}次重复中只触及{claims}，太少，无从判断。",
    ),
    "few_policy": Term(
        "Its policy {policy} reached {claims} in {pairs} replicates: too few to show what it does.",
        "其中政策“{policy}”在{pairs}次重复中只触及{claims}，看不出其作用。",
    ),
    "same": Term(
        "No run of {name} differs from {base} in any of these measures.",
        "“{name}”的各次运行与“{base}”在各项指标上毫无差别。",
    ),
    "net_more": Term(
        "Creditors receive {net} yuan more per debtor and year, net of costs and losses"
        " ({low} to {high}).",
        "债权人净受偿平均每名债务人每年增加{net}元（{low}至{high}）。",
    ),
    "net_less": Term(
        "Creditors receive {net} yuan less per debtor and year, net of costs and losses"
        " ({low} to {high}).",
        "债权人净受偿平均每名债务人每年减少{net}元（{low}至{high}）。",
    ),
    "net_same": Term(
        "What creditors receive, net of costs and losses, does not change in any run.",
        "各次运行中债权人净受偿毫无差别。",
    ),
    "net_unclear": Term(
        "Whether creditors receive more or less is not clear ({low} to {high} yuan per debtor and"
        " year, net of their own costs and of losses in forced sales and freezes).",
        "债权人净受偿（扣除自身成本及强制变价与查封、冻结损失）增减不明（平均每名债务人每年{low}至{high}元）。",
    ),
    "cost_more": Term(
        "It costs the public {cost} yuan more per debtor and year{whole}.",
        "公共成本平均每名债务人每年增加{cost}元{whole}。",
    ),
    "cost_less": Term(
        "It costs the public {cost} yuan less per debtor and year{whole}.",
        "公共成本平均每名债务人每年减少{cost}元{whole}。",
    ),
    "cost_unclear": Term(
        "Whether it costs the public more or less is not clear ({low} to {high} yuan per debtor and"
        " year).",
        "公共成本的增减不明（平均每名债务人每年{low}至{high}元）。",
    ),
    "whole": Term(
        ", {sum} a year for the district of {adults} adults",
        "，全区（{adults}名成年人）每年合{sum}",
    ),
    "pays": Term(
        "Clearly worse off in money, yuan per debtor and year: {payers}.",
        "在金钱上明显受损者（平均每名债务人每年，元）：{payers}。",
    ),
    "flows": Term(
        "Payments that clearly rise, yuan per debtor and year: {flows}.",
        "明显增加的支付（平均每名债务人每年，元）：{flows}。",
    ),
    "hurt": Term(
        "More people are harmed, per 1,000 debtors: {people}.",
        "受损者增加（每千名债务人）：{people}。",
    ),
    "spared": Term(
        "Fewer people are harmed, per 1,000 debtors: {people}.",
        "受损者减少（每千名债务人）：{people}。",
    ),
    "unclear": Term(
        "Measures in which these runs do not distinguish it from {base}: {measures}.",
        "在这些运行中与“{base}”无法区分的指标：{measures}。",
    ),
    "interval": Term(
        "The 95 % intervals cover only the random variation between runs. They do not reflect that"
        " prices are assumed, that parameters are partly fitted and partly assumed, or that the"
        " model may be wrong.",
        "95%区间只涵盖各次运行之间的随机性，不涵盖：价格为假定、参数部分拟合部分假定、"
        "模型本身可能有误。",
    ),
    "district": Term(
        "{adults} adults correspond to {debtors} debtors of the model, {ratio} per 1,000 adults,"
        " {how}.",
        "{adults}名成年人对应模型中的{debtors}名债务人（每千名成年人{ratio}名）：{how}。",
    ),
}
"""Every sentence by its key, and one optional part of a sentence (`whole`)."""

CLAIMS = Term("{count} claims", "{count}件债权")
CLAIM = Term("1 claim", "1件债权")
MEASURED = Term(
    "so that the model's baseline has as many new enforcement cases per 1,000 adults as China had"
    " in 2016, 4.65 (--debtors-per-1000 sets another number of debtors)",
    "使基准情景的新收执行案件数等于2016年全国水平（每千名成年人4.65件）",
)
GIVEN = Term("as given", "按您给定的数")


def in_words(
    statement: Statement,
    language: Language = "en",
    name: Callable[[str], str] = str,
) -> str:
    """A statement as a sentence.

    Args:
        statement: The statement.
        language: Language of the sentence.
        name: Gives the name to show for a scenario, from its short name or file.
    """
    zh = language == "zh"

    def word(value: Value | Item) -> str:
        match value:
            case Name():
                return name(value.slug)
            case Term():
                return value.zh if zh else value.en
            case Item():
                return f"{word(value.term)} {value.text}"
            case str():
                return value
        return ("；" if zh else "; ").join(map(word, value))

    text = in_currency(word(TEXTS[statement.key]))
    return text.format(**{key: word(value) for key, value in statement.values.items()})


def figure(value: float, sign: str = "") -> str:
    """A number to three significant digits, or whole from 1,000 on; a dash for NaN."""
    if math.isnan(value):
        return "–"
    digits = ",.0f" if abs(value) >= 1000.0 else ".3g"
    return f"{value:{sign}{digits}}".replace("-", "−")
