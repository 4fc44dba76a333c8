"""Filtering lists and selecting one entry, by a text in any of its names."""

from collections.abc import Callable, Iterable, Sequence


def matching[T](
    things: Iterable[T], text: str | None, names: Callable[[T], Iterable[str]]
) -> list[T]:
    """The things with a name that contains a text (letter case ignored); all if there is no text.

    Args:
        things: What to choose from.
        text: The text to look for.
        names: Function that returns the names of a thing, such as path and title.

    Raises:
        ServandaError: If nothing matches; the hint is the most similar name.
    """
    there = list(things)
    if not text:
        return there
    wanted = text.casefold()
    found = [one for one in there if any(wanted in name.casefold() for name in names(one))]
    if not found:
        from sim.errors import ServandaError
        from sim.scenario.checking.fault import meant

        known = [name for one in there for name in names(one)]
        raise ServandaError("", f"nothing matches '{text}'", meant(text, known))
    return found


def picked[T](things: Sequence[T], name: str, names: Callable[[T], Sequence[str]], what: str) -> T:
    """The thing with this identifier, or else the only thing with this name.

    Args:
        things: What to choose from.
        name: The requested name.
        names: Function that returns the names of a thing, its identifier first.
        what: Kind of thing, for the error message.

    Raises:
        ServandaError: If none has the name, or several have it.
    """
    exact = [one for one in things if names(one)[0] == name]
    found = exact or [one for one in things if name in names(one)]
    if len(found) == 1:
        return found[0]
    from sim.errors import ServandaError
    from sim.scenario.checking.fault import meant

    if found:
        several = ", ".join(names(one)[0] for one in found)
        raise ServandaError("", f"'{name}' is ambiguous", f"give one of these: {several}")
    known = [other for one in things for other in names(one)]
    hint = meant(name, known) or f"`servanda {what}s` lists them"
    raise ServandaError("", f"there is no {what} '{name}'", hint)
