"""Linking: which reports are copies (`find_copies`), which mentions tell of one incident (`link`)."""

from dateline.linking.copies import find_copies
from dateline.linking.gist import gists_of
from dateline.linking.independence import Origins
from dateline.linking.linker import Linked, link

__all__ = ["Linked", "Origins", "find_copies", "gists_of", "link"]
