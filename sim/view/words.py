"""The texts of the page, in English and Chinese.

`words.toml` has each text by a key.
"""

from pathlib import Path

from sim.terms import Currency
from sim.words.currency import in_currency
from sim.words.language import Language
from sim.words.pairs import texts

FILE = Path(__file__).with_name("words.toml")


def say(lang: Language, key: str, /, **values: object) -> str:
    """A text in a language, with values inserted."""
    return all_in(lang)[key].format(**values)


def all_in(lang: Language, currency: Currency | None = None) -> dict[str, str]:
    """Every text in a language, by its key, for templates in the browser; see `in_currency`."""
    return {key: in_currency(text, currency) for key, text in texts(FILE, lang).items()}
