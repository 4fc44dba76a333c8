"""What a lesson is, read from its TOML file.

A lesson puts two worlds side by side on the same random draws and asks what will be different. It
claims only what every one of its seeds shows: `claims` are tested against the model.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from sim.errors import ServandaError
from sim.measure.indicators import KNOWN
from sim.scenario.checking.fault import meant
from sim.scenario.reading.shipped import shipped
from sim.view.setting.known import Plain
from sim.view.setting.setting import MOST_DEBTORS, MOST_MONTHS, MOST_SEED, Setting, scenario
from sim.view.setting.worlds import known_shipped
from sim.words.language import Language

FOLDER = Path(__file__).parent

Mode = Literal[
    "rule_of_law", "comprehensive", "systemic", "at_source", "collaborative", "special", "mechanism"
]
"""The mode of governance that a lesson is about, or the mechanism of debt and enforcement."""


Count = Annotated[int, Field(ge=1)]
Seed = Annotated[int, Field(ge=0, le=MOST_SEED)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
"""Name of a shipped scenario."""
LeverPath = Annotated[str, Field(pattern=r"^[a-z_]+(\.[a-z0-9_]+)+$")]
"""Path of a lever, such as ``sanctions.fine_rate``."""


class Part(BaseModel):
    """A table of a lesson's file; unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Arm(Part):
    """One of the worlds that are compared.

    Args:
        key: Short name, by which claims and texts refer to the arm.
        scenario: Name of a shipped scenario.
        set: Values of levers from month 1 on, by path.
    """

    key: str
    scenario: Name
    set: dict[LeverPath, float] = {}


class Claim(Part):
    """A difference that every seed shows.

    Args:
        measure: Name of the indicator.
        arms: Keys of two arms; the difference is the first less the second.
        months: First and last month over which the indicator is taken.
        sign: ``more`` or ``less``, the sign of the difference; ``is`` in the file.
        by: Least size of the difference, in the unit of the indicator.
    """

    measure: str
    arms: tuple[str, str]
    months: tuple[Count, Count]
    sign: Annotated[Literal["more", "less"], Field(alias="is")]
    by: float = 0.0

    def holds(self, difference: float) -> bool:
        """Whether a difference has the sign and the size claimed."""
        return (difference if self.sign == "more" else -difference) >= self.by


class Person(Part):
    """The one debtor whom a lesson is about.

    Args:
        seed: Seed of the world.
        month: Month of its choice.
        id: Id of the debtor.
    """

    seed: Seed
    month: Count
    id: int


class Teacher(Part):
    """What the teacher's page says.

    Args:
        guess: What most guess, and why.
        say: What to say when the answer is seen.
        limits: What must not be concluded.
    """

    guess: str
    say: str
    limits: str


class Texts(Part):
    """The texts of a lesson in one language.

    Args:
        title: Title.
        goal: What the lesson is about, in one sentence.
        question: The question that is guessed.
        answers: Possible answers.
        right: Index of the right one.
        arms: Titles of the arms by key.
        explain: Paragraphs that explain what was seen.
        discuss: A question to discuss.
        look: Which line to watch.
        more: What to try next; ``try`` in the file.
        teacher: Texts of the teacher's page.
    """

    title: str
    goal: str
    question: str
    answers: list[str]
    right: int
    arms: dict[str, str]
    explain: list[str]
    discuss: str
    look: str
    more: Annotated[str, Field(alias="try")]
    teacher: Teacher


class Lesson(Part):
    """A lesson.

    Args:
        name: Name of the file without number and ending, such as ``preservation``.
        number: Place among the lessons, from 1.
        mode: What it is about.
        minutes: Time it takes.
        debtors: Size of its worlds.
        months: Measured months.
        seeds: Seeds for which its claims hold; the first is the run that is shown.
        watch: Indicator that the question is about.
        curves: Indicators drawn.
        figure: The picture that is shown first.
        arms: The worlds, two of them shown side by side; others only in the table over seeds.
        claims: What is claimed.
        debtor: The one debtor it is about, if any.
        en: English texts.
        zh: Chinese texts.
    """

    name: str
    number: int
    mode: Mode
    minutes: Count
    debtors: Annotated[int, Field(ge=1, le=MOST_DEBTORS)]
    months: Annotated[int, Field(ge=1, le=MOST_MONTHS)]
    seeds: Annotated[list[Seed], Field(min_length=1)]
    watch: str
    curves: list[str]
    figure: Literal["road", "flows", "town", "courts", "ledger"] = "road"
    arms: Annotated[list[Arm], Field(min_length=2)]
    claims: list[Claim]
    debtor: Person | None = None
    en: Texts
    zh: Texts

    @model_validator(mode="after")
    def _fits(self) -> "Lesson":
        """Refuse names that do not exist, answers without a right one, months after the end.

        Whether levers exist is seen when the worlds are built.
        """
        if unknown := {arm.scenario for arm in self.arms} - set(shipped()):
            raise ValueError(f"there is no shipped scenario '{min(unknown)}'")
        arms = {arm.key for arm in self.arms}
        if len(arms) < len(self.arms) or len(set(self.seeds)) < len(self.seeds):
            raise ValueError("two arms have the same key, or a seed is named twice")
        if self.debtor is not None and self.debtor.month > self.months:
            raise ValueError(f"the debtor's month, {self.debtor.month}, is after the end")
        for name in (self.watch, *self.curves, *(claim.measure for claim in self.claims)):
            if name not in KNOWN:
                raise ValueError(f"there is no indicator '{name}'")
        for texts in (self.en, self.zh):
            if set(texts.arms) != arms:
                raise ValueError(f"the titles of arms must be those of {sorted(arms)}")
            if not 0 <= texts.right < len(texts.answers):
                raise ValueError(f"right = {texts.right} is none of the answers, counted from 0")
        for claim in self.claims:
            if unknown := set(claim.arms) - arms:
                raise ValueError(f"a claim names an arm '{min(unknown)}' that does not exist")
            if not claim.months[0] <= claim.months[1] <= self.months:
                span = f"{claim.months[0]} to {claim.months[1]}"
                raise ValueError(f"a claim's months, {span}, are not within 1 to {self.months}")
        shown = {arm.key for arm in self.arms[:2]}
        on_watch = [one for one in self.claims if one.measure == self.watch]
        if not any(set(one.arms) == shown for one in on_watch):
            raise ValueError("no claim compares the first two arms on the indicator to watch")
        return self

    def texts(self, lang: str) -> Texts:
        """The texts in a language."""
        return self.zh if lang == "zh" else self.en

    def setting(self, arm: Arm, seed: int, lang: Language = "en") -> Setting:
        """What the page shows when it shows an arm with a seed."""
        return Setting(
            world=arm.scenario,
            seed=seed,
            debtors=self.debtors,
            months=self.months,
            lang=lang,
            levers=arm.set,
        )

    def scenario(self, arm: Arm, seed: int) -> Plain:
        """The scenario of an arm with a seed, which is the one that the page runs."""
        return scenario(self.setting(arm, seed), known_shipped())


def read(path: Path) -> Lesson:
    """Read a lesson.

    Raises:
        ServandaError: If the file is not a lesson, with the place and what is wrong there.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return Lesson(name=path.stem.split("_", 1)[-1], **table)
    except tomllib.TOMLDecodeError as error:
        raise ServandaError(str(path), f"not a TOML file: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "file"
        raise ServandaError(f"{path}: {place}", str(first["msg"])) from error


@cache
def lessons() -> tuple[Lesson, ...]:
    """All shipped lessons in order."""
    found = [read(path) for path in FOLDER.glob("*.toml") if path.stem[:1].isdigit()]
    return tuple(sorted(found, key=lambda one: one.number))


def lesson(name: str) -> Lesson:
    """A shipped lesson by its name or number.

    Raises:
        ServandaError: If there is none.
    """
    for one in lessons():
        if name in (one.name, str(one.number)):
            return one
    names = [one.name for one in lessons()]
    hint = meant(name, names) or f"the lessons are {', '.join(names)}"
    raise ServandaError("lesson", f"there is no lesson '{name}'", hint)
