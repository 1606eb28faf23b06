"""Which words are ordinary and which names are public, whatever dataset is published: dictionary and lexicons."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import tomli

from dateline.model.codebook import plover
from dateline.publishing.words import Word, is_shouted, keys_in, opens_sentence, words_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dateline.model.codebook import Codebook

Name = tuple[str, ...]
"""The keys of the words of a name."""

MASK = "[private person]"
"""What stands in place of a private person's name in everything published. With a key, a pseudonym follows."""

_ADDRESSES = re.compile(r"(?:https?://|www\.)\S+|[@#]\S+|\S+@\S+")
_ORDINARY = """monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays
saturdays sundays january february march april may june july august september october november december easter
christmas ramadan muharram nowruz ashura god mr mrs ms dr jr sr i a an the this that these those his her its their our
my your he she it they we you who was were is are be been has have had would could should did does one two three four
five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds
thousand thousands million millions dozen dozens score scores tens more most less fewer few some several many all no
none any both each every another other others about around nearly almost over under up at in on of by from to for with
without after before during since until and or but not only also yesterday today"""
_CONTINENTS = "africa african america american americas antarctica asia asian europe european oceania"
_MEDIA = """agency broadcaster broadcasting bulletin chronicle courier daily examiner enquirer gazette herald inquirer
journal network news newspaper newswire observer online press radio register sentinel telegraph television times today
tribune"""
"""Words in the names of papers and stations that are hardly ever surnames."""

_LETTERS = frozenset("ais")
"""Words of one letter, and what stands behind an apostrophe of possession."""
_VOCABULARIES = ("acled", "countries")
_HOST = re.compile(r"(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,}", re.IGNORECASE)
"""Words that are capitalised for no more than the calendar or the start of a sentence."""


@cache
def shipped_words() -> frozenset[str]:
    """Return the ordinary words that Dateline's own lexicons hold in lower case, those of calendar and of PLOVER."""
    words = set(_ORDINARY.split()) | set(keys_in(MASK))
    for name in ("roles", "cues", "patterns", "grammar"):
        path = files("dateline.data") / f"{name}.toml"
        if path.is_file():
            texts = strings_in(tomli.loads(path.read_text("utf-8")))
            words |= {word.key for text in texts for word in words_in(text) if word.text.islower() and _is_whole(word)}
    for kind in plover().types:
        words |= set(keys_in(f"{kind.code} {kind.definition}"))
        words |= {key for form in kind.forms for key in keys_in(f"{form.code} {form.definition}")}
    return frozenset(words)


def _is_whole(word: Word) -> bool:
    """Say whether a word is more than what a contraction leaves: the "d" of "'d" is no word, and D'Arco is a name."""
    return len(word.key) > 1 or word.key in _LETTERS


def codebook_words(codebook: Codebook) -> frozenset[str]:
    """Return the ordinary words of a codebook of one's own: its codes, and what its definitions write in lower case.

    A capitalised word of a definition may be a person's name, and is not taken for an ordinary word. Examples are not
    read at all.
    """
    entries = [entry for kind in codebook.types for _, entry in kind.taught()]
    lower = {word.key for entry in entries for word in words_in(entry.definition) if word.text.islower()}
    return frozenset(lower | {key for entry in entries for key in keys_in(entry.code)})


@cache
def shipped_names() -> frozenset[Name]:
    """Return the public names of the lexicons: organisations, public figures, countries, peoples, with plurals."""
    names: set[Name] = set()
    for name in ("organisations", "demonyms", "publishers"):
        path = files("dateline.data") / f"{name}.toml"
        if path.is_file():
            names |= {keys_in(text) for text in strings_in(tomli.loads(path.read_text("utf-8")), keys=True)}
    names |= {(word,) for word in _CONTINENTS.split()}
    plurals = {(*name[:-1], f"{name[-1]}s") for name in names if name}
    return frozenset(names | plurals) - {()}


def is_medium(publisher: str) -> bool:
    """Say whether a publisher's name is a medium's by its form: agencies in capitals, a news site, a paper.

    >>> names = ("ACAN-EFE", "columbiadailyherald.com", "The Evening News", "rosa-weber.net", "Rosa Weber", "R. WEBER")
    >>> [is_medium(it) for it in names]
    [True, True, True, False, False, False]
    """
    words, media = words_in(publisher), _MEDIA.split()
    if _HOST.fullmatch(publisher):
        labels = publisher.lower().split(".")[:-1]
        return any(label.endswith(tuple(media)) or label.startswith("daily") for label in labels)
    is_agency = all(word.is_acronym for word in words) and any((word.key,) in shipped_names() for word in words)
    return is_agency or any(word.key in media for word in words)


def strings_in(value: Any, *, keys: bool = False) -> Iterator[str]:
    """Yield every string of a parsed file: the values, and the keys too if asked for."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from strings_in(item, keys=keys)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from [key] if keys else []
            yield from strings_in(item, keys=keys)


@cache
def english_words() -> frozenset[str]:
    """Return the words that dictionaries of American and British English write in lower case (SCOWL, 65,501)."""
    packed = (files("dateline.data") / "english.txt.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode("utf-8").split()) | shipped_words()


@cache
def role_words() -> frozenset[str]:
    """Return the words of roles and trades, of which many are surnames: "baker", "miner", "shepherd"."""
    roles, cues = (tomli.loads((files("dateline.data") / f"{it}.toml").read_text("utf-8")) for it in ("roles", "cues"))
    texts = (*strings_in(roles), *strings_in(cues["speakers"]["people"]))
    return frozenset(key for text in texts for key in keys_in(text)) - set(_ORDINARY.split())


@cache
def words_of_others() -> frozenset[str]:
    """Return the words of the vocabularies in which data are published besides: ACLED's types, countries' codes."""
    tables = (tomli.loads((files("dateline.data") / f"{name}.toml").read_text("utf-8")) for name in _VOCABULARIES)
    return frozenset(key for table in tables for text in strings_in(table) for key in keys_in(text))


@cache
def shipped_surnames() -> frozenset[str]:
    """Return the single words that the lexicons take for a public person or body: "Assad", "Amal"."""
    table = tomli.loads((files("dateline.data") / "organisations.toml").read_text("utf-8"))
    entries = [entry for kind in table.values() for entry in kind.items()]
    names = {keys_in(alias) for name, about in entries for alias in (name, *about.get("also", ()))}
    return frozenset(name[0] for name in names if len(name) == 1)


def common_words(texts: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of the dictionary, but for those that these texts mostly write with a capital; and their own.

    The first are no names where they have a capital. The second are what the texts mostly write in lower case, whatever
    a dictionary says: no part of a name is looked for by such a word alone. Addresses and tags do not count, nor does a
    capital that opens a sentence or stands in a word of capitals. A text of capitals writes words of the dictionary as
    others write them in lower case.
    """
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    for text in (_ADDRESSES.sub(" ", text) for text in texts):
        shouted = is_shouted(text)
        for word in words_in(text):
            if (word.text.islower() and not word.is_caseless and not _is_in_tag(text, word)) or (
                shouted and word.key in english_words()
            ):
                lower[word.key] += 1
            elif word.is_capital and not word.text.isupper() and not opens_sentence(text, word.start):
                upper[word.key] += 1
    common = frozenset(key for key in english_words() if lower[key] >= upper[key])
    return common, frozenset(key for key, count in lower.items() if count > upper[key])


def _is_in_tag(text: str, word: Word) -> bool:
    return text[word.start - 1 : word.start] in {"/", "_", "@", "#", "."} or text[word.end : word.end + 1] in {
        "/",
        "_",
        "@",
    }
