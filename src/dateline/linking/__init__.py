"""Linking: which reports are copies (`find_copies`), which mentions tell of one incident (`link`).

`recopy` and `relink` do the same for what is new since an earlier run.
"""

from dateline.linking.block import is_real, trait_of
from dateline.linking.copies import Recopied, find_copies, imprint_of, recopy
from dateline.linking.gist import Gist, gists_of
from dateline.linking.growth import Relinked, Task, relink
from dateline.linking.independence import Origins
from dateline.linking.linker import Linked, link
from dateline.linking.profile import Profile, profile_of

__all__ = [
    "Gist",
    "Linked",
    "Origins",
    "Profile",
    "Recopied",
    "Relinked",
    "Task",
    "find_copies",
    "gists_of",
    "imprint_of",
    "is_real",
    "link",
    "profile_of",
    "recopy",
    "relink",
    "trait_of",
]
