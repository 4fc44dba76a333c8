"""Claims about ``servanda explain``."""

import json

WHERE = ("explain", "village", "--month", 6, "--debtors", 2000)


def test_an_explanation_shows_the_ledger_and_the_levers(call):
    done = call(*WHERE, "--seed", 1)
    assert done.exit_code == 0
    assert not done.stderr
    for part in ("net: costs less gain", "It can pay but will not", "It did:", "sanctions.fine_"):
        assert part in done.stdout


def test_json_on_stdout_is_pure(call):
    said = json.loads(call(*WHERE, "--json").stdout)
    assert said["decision"] == said["outcome"]
    assert said["ability"] in {"income_only", "illiquid", "liquid"}
    assert said["outcome"] in {"stall", "conceal", "resist"}
    assert said["weighing"]["net"] == min(said["weighing"]["nets"].values())


def test_what_cannot_be_explained_is_said_in_one_line(call):
    for more, why in [
        (("--month", 0), "month 0: there is no such month in this scenario; months 1 to 60"),
        (("--month", 61), "month 61: there is no such month"),
        (("--debtor", 10**9), "debtor 1000000000: there is no such debtor in month 6; ids go from"),
        (("--debtor", 255), "debtor 255: there is no such debtor in month 6; debtor "),
    ]:
        done = call(*WHERE, *more)
        assert done.exit_code == 2
        assert done.stderr.startswith(why)
        assert done.stderr.count("\n") == 1


def test_a_debtor_without_debt_has_nothing_to_choose(call):
    from sim import World

    world = World({"extends": "village", "population": {"size": 2000}}).run_to(6, before="choice")
    row = next(i for i in range(2000) if i not in set(world.house.owned.owners))
    done = call(*WHERE, "--debtor", world.house.debtors.rows["id"][row])
    assert done.exit_code == 0
    assert "owes nothing that can be enforced" in done.stdout.replace("\n", " ")
