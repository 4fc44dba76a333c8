"""How lists are narrowed and one thing is picked: by a text in any of its names."""

from collections.abc import Callable, Iterable, Sequence


def matching[T](
    things: Iterable[T], text: str | None, names: Callable[[T], Iterable[str]]
) -> list[T]:
    """The things that have a text in one of their names, whatever its case; all without a text.

    Args:
        things: What there is.
        text: What is looked for.
        names: What a thing is called: path, title, Chinese title, mode.

    Raises:
        ServandaError: If nothing has it, with the nearest name.
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
        raise ServandaError("", f"nothing here is called '{text}'", meant(text, known))
    return found


def picked[T](things: Sequence[T], name: str, names: Callable[[T], Sequence[str]], what: str) -> T:
    """The one thing of this name; `names` gives its identifier first, then what else it answers to.

    Args:
        things: What there is.
        name: What is asked for.
        names: What a thing is called.
        what: What sort of thing it is, for the error.

    Raises:
        ServandaError: If none has the name, or several.
    """
    exact = [one for one in things if names(one)[0] == name]
    found = exact or [one for one in things if name in names(one)]
    if len(found) == 1:
        return found[0]
    from sim.errors import ServandaError
    from sim.scenario.checking.fault import meant

    if found:
        several = ", ".join(names(one)[0] for one in found)
        raise ServandaError("", f"'{name}' is the name of several", f"say which: {several}")
    known = [other for one in things for other in names(one)]
    hint = meant(name, known) or f"`servanda {what}s` lists them"
    raise ServandaError("", f"there is no {what} '{name}'", hint)
