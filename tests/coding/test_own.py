"""A codebook of one's own in the cascade: patterns from its examples, and likeness to them."""

from pathlib import Path

import pytest

from dateline.coding.cascade import CascadeCoder
from dateline.model.codebook import Codebook, load_codebook
from dateline.model.event import Event
from dateline.model.text import make_report
from dateline.testing import check_coder

FILE = """
name = "labour"
version = "1"
licence = "CC0-1.0"
{extends}
[types.STRIKE]
definition = "Employees stop work together."
words = ["strike", "walkout"]
examples = [
  "{{a|Dockers}} {{t|downed tools}} at the {{p|port}} on {{w|Monday}}.",
  "{{a|Bus drivers}} {{t|walked out}} over unpaid wages.",
  "{{a|Miners}} {{t|stopped work}} after a colleague was killed.",
]
not = ["Lightning {{t|struck}} the town hall."]

[types.DISMISSAL]
definition = "An employer dismisses people who organise."
examples = [
  "{{a|The firm}} {{t|sacked}} {{r|two shop stewards}}.",
  "{{a|Management}} {{t|dismissed}} {{r|the branch secretary}} for calling the vote.",
]
"""


def _codebook(folder: Path, extends: str = "") -> Codebook:
    path = folder / "labour.toml"
    path.write_text(FILE.format(extends=extends), "utf-8")
    return load_codebook(path)


@pytest.fixture(scope="module")
def coder(tmp_path_factory: pytest.TempPathFactory) -> CascadeCoder:
    return CascadeCoder(codebook=_codebook(tmp_path_factory.mktemp("own")))


def _events(coder: CascadeCoder, text: str) -> tuple[Event, ...]:
    return coder.code([make_report(text, language="en")])[0].events


def test_it_keeps_the_promises_of_coders(coder: CascadeCoder, tmp_path: Path) -> None:
    check_coder(coder, _codebook(tmp_path))


def test_words_of_an_example_are_found_and_the_example_is_named(coder: CascadeCoder) -> None:
    (event,) = _events(coder, "Dockers in Mombasa downed tools on Friday.")
    assert (event.type, event.trigger.quote) == ("STRIKE", "downed tools")
    assert "pattern" in event.why
    assert "like types.STRIKE.examples[0]" in event.why


def test_likeness_finds_what_no_pattern_knows(coder: CascadeCoder) -> None:
    (event,) = _events(coder, "Bus crews refused to work on Tuesday over unpaid wages.")
    assert event.type == "STRIKE"
    assert event.why.startswith("like ")


def test_types_that_ship_are_coded_only_where_the_codebook_extends_them(coder: CascadeCoder, tmp_path: Path) -> None:
    text = "Police arrested nine students. The firm sacked two shop stewards."
    assert [event.type for event in _events(coder, text)] == ["DISMISSAL"]
    both = CascadeCoder(codebook=_codebook(tmp_path, 'extends = "plover"'))
    assert [event.type for event in _events(both, text)] == ["COERCE", "DISMISSAL"]


def test_the_codebook_is_in_the_digest(coder: CascadeCoder) -> None:
    assert coder.id.digest != CascadeCoder().id.digest
