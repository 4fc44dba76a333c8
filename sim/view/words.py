"""The texts of the page, in English and Chinese.

`words.toml` has each text by a key: English first, then Chinese.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

type Lang = Literal["en", "zh"]


@cache
def texts() -> dict[str, list[str]]:
    """All texts by their keys, each in English and in Chinese."""
    text = Path(__file__).with_name("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def say(lang: Lang, key: str, /, **values: object) -> str:
    """A text in a language, with values inserted."""
    return texts()[key][lang == "zh"].format(**values)


def all_in(lang: Lang) -> dict[str, str]:
    """Every text in a language, by its key, for templates in the browser."""
    return {key: both[lang == "zh"] for key, both in texts().items()}
