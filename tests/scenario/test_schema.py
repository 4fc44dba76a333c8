"""Claims about the schema: an editor sees every name, unit, range and word."""

import json

from sim.levers.catalogue import catalogue
from sim.scenario.checking.schema import schema

MADE = schema()
PARTS = MADE["$defs"]


def test_a_lever_shows_titles_unit_range_and_source_and_words_stand_for_codes() -> None:
    shown = PARTS["Sanctions"]["properties"]["late_interest"]
    assert shown["title"] == "Interest for late performance 迟延履行利息"
    assert (shown["minimum"], shown["maximum"], shown["default"]) == (0.0, 0.05, 0.00525)
    assert shown["description"].startswith("1/month on the principal still owed. B31")
    assert PARTS["Behaviour"]["enum"] == ["expected_utility", "prospect", "rule_of_thumb"]


def test_a_policy_is_offered_every_lever_in_both_spellings() -> None:
    policy = PARTS["Policy"]["properties"]
    for entry in catalogue():
        for verb in ("set", "scale", "add"):
            offered = policy[verb]["properties"]
            assert entry.path in offered
            assert entry.name in offered[entry.mode]["properties"]
        assert policy["set"]["properties"][entry.path]["maximum"] == entry.lever.high
        assert "maximum" not in policy["scale"]["properties"][entry.path]


def test_only_known_keys_are_offered_and_no_part_is_missing() -> None:
    assert not MADE["additionalProperties"]
    tables = [part for part in PARTS.values() if part.get("type") == "object"]
    assert len(tables) > 20
    assert not [part["title"] for part in tables if part["additionalProperties"]]
    assert MADE["required"] == ["format", "title"]
    assert {"extends", "run", "levers", "policies"} <= set(MADE["properties"])
    text = json.dumps(MADE, allow_nan=False)
    assert {part.split('"')[0] for part in text.split("#/$defs/")[1:]} <= set(PARTS)
