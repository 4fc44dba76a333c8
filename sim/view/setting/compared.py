"""The worlds of a comparison: two to four, with the same seed, size, length and month.

In: a window's own setting, which is B, and what a link says of the others. Out: the settings of
all, in order, and the link that opens them.
"""

from dataclasses import dataclass, replace

from sim.view.setting.known import Known
from sim.view.setting.setting import (
    HEADS,
    Setting,
    from_link,
    keys,
    of_world,
    start,
    to_link,
)

SIDES = "ABCD"
MORE_HEADS = HEADS[1:]
"""Beginnings of the keys of C and D."""
FIXED = 2
"""Number of worlds that every comparison has."""


@dataclass(frozen=True)
class Beside:
    """The worlds beside the window's own; only their world, levers and policies count.

    Args:
        first: A; None if nobody chose it: then it is the window's world as it is, or the first
            world if nothing was moved.
        more: C and D, as far as there are any.
    """

    first: Setting | None = None
    more: tuple[Setting, ...] = ()


def from_query(query: str, known: Known) -> tuple[Beside, list[str]]:
    """Read the other worlds of a link.

    Args:
        query: The part after the question mark.
        known: What can be chosen.

    Returns:
        The worlds, and a sentence for each key or value that was ignored.
    """
    named, said = {}, []
    for head in HEADS:
        there = keys(query, head)
        if there:
            one, ignored = from_link(query, known, head)
            said += ignored
            if "world" in there or one.levers or one.off:
                named[head] = one
    more = tuple(named[head] for head in MORE_HEADS if head in named)
    return Beside(named.get(HEADS[0]), more), said


def side_by_side(beside: Beside, now: Setting, known: Known) -> list[Setting]:
    """The settings of A, B and the others; B is the window's own."""
    first = beside.first
    if first is None:
        # A package of policies is compared with the world that it changes.
        alone = not now.moved and now.world != known.first
        first = start(known) if alone else now.as_it_is()
    return [with_common(first, now), now, *(with_common(one, now) for one in beside.more)]


def with_common(one: Setting, now: Setting) -> Setting:
    """A world of a comparison at the seed, size, length and month that all have in common."""
    return replace(now, world=one.world, levers=one.levers, off=one.off)


def link(beside: Beside, now: Setting, known: Known) -> str:
    """The query that opens the same comparison; A is named only if it was chosen."""
    found = [to_link(now, known)]
    if beside.first is not None:
        found.append(to_link(beside.first, known, HEADS[0]))
    found += [to_link(one, known, h) for one, h in zip(beside.more, MORE_HEADS, strict=False)]
    query = "&".join(one.removeprefix("?") for one in found if one)
    return f"?{query}" if query else ""


def with_world(beside: Beside, place: int, world: str, known: Known) -> Beside:
    """The comparison with another world, as it is, in a place: 0 is A, 2 and 3 are C and D."""
    one = of_world(start(known), world, known)
    if place == 0:
        return replace(beside, first=one)
    more = list(beside.more)
    more[place - FIXED] = one
    return replace(beside, more=tuple(more))


def with_one_more(beside: Beside, now: Setting, known: Known) -> Beside:
    """The comparison with one world more: the first that is not yet in it."""
    taken = {one.world for one in side_by_side(beside, now, known)}
    name = next((name for name in known.worlds if name not in taken), known.first)
    return replace(beside, more=(*beside.more, of_world(start(known), name, known)))


def without(beside: Beside, place: int) -> Beside:
    """The comparison without C or D; D becomes C."""
    at = place - FIXED
    return replace(beside, more=beside.more[:at] + beside.more[at + 1 :])
