"""Linking: which mentions, in one report or in many, tell of one incident. See `linker.link`."""

from dateline.linking.linker import Linked, link

__all__ = ["Linked", "link"]
