"""The quick parse: plain sentences are parsed right, words keep their places, and company changes nothing."""

import pytest

from dateline.coding.parser import split, tokens_of
from dateline.coding.pupil import open_pupil
from dateline.coding.sketch import Sketched, cut, look, open_sketcher, seen_of, words_of
from dateline.model.parse import Token


def _sketched(sentences: list[str]) -> list[Sketched]:
    answers = open_pupil().read(sentences)
    return open_sketcher().draw([seen_of(text, answers, place) for place, text in enumerate(sentences)])


def _tokens(text: str) -> tuple[Token, ...]:
    parted = split(text)
    (sketched,) = _sketched(parted.sentences)
    return tokens_of(words_of(sketched, parted, 0), parted.cleaned)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Soldiers beat a reporter.", [("Soldiers", "nsubj", "beat"), ("reporter", "dobj", "beat")]),
        ("A bishop was kidnapped by rebels.", [("bishop", "nsubjpass", "kidnapped"), ("rebels", "pobj", "by")]),
        ("Police and guards left.", [("Police", "nsubj", "left"), ("guards", "conj", "Police")]),
    ],
)
def test_plain_sentences_are_parsed(text: str, wanted: list[tuple[str, str, str]]) -> None:
    tokens = _tokens(text)
    told = [(it.text, it.dep, tokens[it.head].text) for it in tokens]
    assert [it for it in wanted if it not in told] == []


def test_names_are_told() -> None:
    tokens = _tokens("Troops entered New York and Kinshasa on Monday.")
    assert [(it.text, it.entity, it.begins) for it in tokens if it.entity == "GPE"] == [
        ("New", "GPE", True),
        ("York", "GPE", False),
        ("Kinshasa", "GPE", True),
    ]


def test_words_stand_where_they_stood() -> None:
    text = "Police in Kisumu ar-\nrested nine stu\u00addents, didn't they?"
    tokens = _tokens(text)
    assert [text[it.start : it.end] for it in tokens if it.lemma in {"arrest", "student"}] == [
        "ar-\nrested",
        "stu\u00addents",
    ]
    assert [it.text for it in tokens][-4:] == ["did", "n't", "they", "?"]


def test_the_root_alone_is_called_so() -> None:
    texts = ["Clashes, arrests, fines.", "And the mayor?", "Shot dead, both of them", "No."]
    for it in _sketched(texts):
        assert [place for place, head in enumerate(it.heads) if head == place] == [
            place for place, dep in enumerate(it.deps) if dep == "ROOT"
        ]


def test_company_changes_nothing() -> None:
    sentences = ["Rain fell.", "Dockers struck.", "Gunmen shot a priest near the border, and fled.", "Nurses marched."]
    together = _sketched(sentences)
    assert [_sketched([it])[0] for it in sentences] == together
    assert _sketched(sentences[::-1]) == together[::-1]


def test_what_was_not_read_is_left_out() -> None:
    long = "Police arrested " + ", ".join(["a miner"] * 120) + "."
    (sketched,) = _sketched([long])
    assert 40 < len(sketched.spans) < 300
    assert all(0 <= head < len(sketched.spans) for head in sketched.heads)


def test_nothing_has_no_parse() -> None:
    (sketched,) = _sketched([""])
    assert not sketched.spans
    assert not sketched.heads


def test_torn_words_are_told_apart() -> None:
    text = "They cannot go."
    answers = open_pupil().read([text])
    made = cut(seen_of(text, answers, 0))
    words = [text[start:end] for start, end in made.spans]
    assert words == ["They", "can", "not", "go", "."]
    assert made.looks[2] == made.looks[1] + 8
    assert look("can") == made.looks[1]
