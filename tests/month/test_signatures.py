"""Claims about what rules are handed: what they read, and no more than a reader can hold."""

import ast
from collections.abc import Iterator
from pathlib import Path

import sim

PACKAGE = Path(sim.__file__).parent
FILES = sorted(
    path for room in ("agents", "mechanisms", "month") for path in (PACKAGE / room).rglob("*.py")
)
MOST = 7
"""Parameters of a rule beyond which it should be split, or a named tuple is missing."""
BUILDERS = "sim/month/shared/state.py"
"""Where the parts of the state are put together that rules are handed."""


def functions(*kinds: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Functions with one of these decorators, with the path of their file."""
    for path in FILES:
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and any(
                isinstance(one, ast.Name) and one.id in kinds for one in node.decorator_list
            ):
                yield path.relative_to(PACKAGE.parent).as_posix(), node


def test_no_rule_sees_the_state():
    assert sum(1 for _ in functions("rule", "inlined")) > 300
    blind = [
        f"{path}: {rule.name}"
        for path, rule in functions("rule", "inlined")
        if path != BUILDERS
        and any(isinstance(one, ast.Name) and one.id == "State" for one in ast.walk(rule))
    ]
    assert blind == []


def test_every_kernel_takes_the_state_and_a_range_of_rows():
    kernels = list(functions("kernel"))
    assert len(kernels) > 40
    for path, kernel in kernels:
        assert [one.arg for one in kernel.args.args] == ["state", "first", "last"], path


def test_a_part_of_a_kernel_takes_the_state_and_a_range_of_rows_too():
    parts = list(functions("kernel_part"))
    assert parts
    for path, part in parts:
        names = [one.arg for one in part.args.args]
        assert (names[0], names[-2:]) == ("state", ["first", "last"]), path
        assert len(names) <= MOST, path


def test_parts_are_called_by_kernels_and_parts_alone():
    parts = {one.name for _, one in functions("kernel_part")}
    callers = [
        one.name
        for _, one in functions("rule", "inlined")
        if parts & {call.id for call in ast.walk(one) if isinstance(call, ast.Name)}
    ]
    assert callers == []


def test_no_rule_takes_more_than_seven_parameters():
    long = [
        f"{path}: {rule.name} takes {len(rule.args.args)}"
        for path, rule in functions("rule", "inlined")
        if len(rule.args.args) > MOST
    ]
    assert long == []
