"""Plain text stays as it is; front matter tells about it."""

from __future__ import annotations

import pytest

from dateline.reading.content import About
from dateline.reading.plain import read_plain


@pytest.mark.parametrize(
    "text",
    [
        "  Police arrested nine.\r\n\r\n",
        "one\rtwo\x0b\u2028three",
        "in-\nforming\u00a0the public",
        "--- \nnot front matter",
        "---\n\n---\nx",
        "---\nlayout: post\n---\nx",
        "a---\ntitle: x\n---\n",
    ],
)
def test_the_text_is_the_file_to_the_character(text: str) -> None:
    content = read_plain(text.encode())
    assert (content.text, content.about, content.issues) == (text, About(), ())


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_front_matter_is_about_the_text_and_not_of_it(end: str) -> None:
    lines = (
        "---",
        'title: "March: the second day"',
        "publisher: Western wire",
        "url: https://example.org/1",
        "published: 1989-10-10",
        "language: en",
        "retrieved: 2024-05-01",
        "note: invented",
        "tags:",
        "  - march",
        "- sit-in",
        "# remark",
        "",
        "---",
        "",
        "  LEIPZIG. Thousands marched.",
        "",
    )
    content = read_plain(end.join(lines).encode())
    assert content.text == f"{end}  LEIPZIG. Thousands marched.{end}"
    assert content.issues == ()
    assert content.about == About(
        "March: the second day", "Western wire", "https://example.org/1", "1989-10-10", "2024-05-01", "en"
    )


def test_empty_values_state_nothing() -> None:
    assert read_plain(b"---\ntitle:\npublisher: ''\nlanguage: en\n---\nx").about == About(language="en")


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: March\nThousands marched.\n",
        "---\ntitle: March\nThousands marched without end\n---\nx",
        "---\npublished : 1989\n\nx",
    ],
)
def test_front_matter_gone_wrong_is_text_and_is_told(text: str) -> None:
    content = read_plain(text.encode())
    assert (content.text, content.about) == (text, About())
    assert [issue.kind for issue in content.issues] == ["front-matter"]
