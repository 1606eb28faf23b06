"""What the words claim of an event: asserted, denied, planned, hypothetical, called for, generic, background.

The test goes up the tree from the trigger: a word that governs the event ("denied", "plan to", "if", "would") decides;
the nearest one wins, and negation of the trigger itself comes first. Where nothing decides, the event may be recalled
rather than told ("the anniversary of the raid"). The lists are closed classes of English and of the field's vocabulary.
Whether the event is true is not asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import tomli

from dateline.coding.governing import governor
from dateline.coding.grammar import words
from dateline.coding.presupposed import nobody_of, presupposed
from dateline.coding.recalled import counted, habitual, over, recalled
from dateline.coding.slots import has_tense
from dateline.model.event import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dateline.coding.patterns import Match
    from dateline.coding.tree import Tree
    from dateline.model.parse import Token

    Finder = tuple[Status, Callable[[Tree, Token], Token | None], str]

_GENERIC_WORDS = words("status", "generic_words")
_FUTURE = words("status", "future")
_POSSIBLE = words("status", "possible")
_OPEN = _FUTURE | _POSSIBLE
_OUGHT = words("status", "ought")
_PROSPECTIVE = words("status", "prospective")
_THINKABLE = words("status", "thinkable")
_TRANSPARENT_NOUNS = words("status", "transparent_nouns")
LEAST = 0.3
"""How often a rule must be right to be heard at all; those under it are kept to be weighed anew."""
_SAID = words("status", "said")
_CARRIED_THROUGH = {
    "dobj": words("status", "bring_about") | words("roles", "carriers") - words("status", "joiners"),
    "nsubjpass": words("status", "bring_about") | words("roles", "carriers") - words("status", "joiners"),
    "attr": frozenset({"be"}),
    "nsubj": words("status", "come_about"),
    "prep": words("status", "lead_to"),
}
_ADJUNCTS = frozenset({"npadvmod", "appos", "parataxis", "dep", "advmod"})
_CROSSED = words("status", "crossed")
_THROUGH = frozenset().union(
    *(words("status", name) for name in ("transparent_nouns", "planners", "caller_nouns", "said", "denial_nouns")),
    words("rules", "wholes"),
)
_CONDITIONS = words("status", "conditions")
_IFS = frozenset({"if", "unless"})
_THREATS = words("status", "threats")
_UNDECIDED = words("status", "undecided")
_DETECTORS = words("status", "detectors")
_BOMBS = words("status", "bombs")
_BREAKERS = words("status", "breakers")
_TRUCES = words("status", "truces")
_FORESEERS = words("status", "foreseers")
_VERBAL = frozenset({"VERB", "AUX"})
_TIMELESS = ((Status.BACKGROUND, recalled), (Status.GENERIC, habitual), (Status.ASSERTED, counted))
_MOODS = frozenset({"modal", "future", "ought", "consequence"})
_OF_ITSELF = frozenset({"command", "foiled", "found in time", "stopped", "truce broken"})
"""Rules by which one of a trigger's own words may decide."""
_SPOKEN = frozenset({"AGREE", "REJECT", "REQUEST", "THREATEN"})


_BY_DEFINITION = frozenset({
    "aside", "asked", "banned", "caused", "cleared of", "discussed", "earlier", "foiled", "forbidden", "found in time",
    "halted", "kept from", "known of", "likely to", "not foiled", "not kept", "over", "past", "punished for",
    "set for", "spoken", "stopped", "truce broken", "unclaimed", "undenied", "unverified",
})  # fmt: skip
"""Rules that no sentence need confirm: what was foiled or is only likely has not happened, by what the words mean."""

CERTAIN = 1.0
"""Weight of a rule by definition."""

UNSEEN = 0.5
"""Weight of a rule that was never called for: no hit and no miss, one added on both sides."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an event has a status: the word that decides, and by which rule."""

    status: Status
    word: Token
    rule: str

    @property
    def weight(self) -> float:
        """How often the rule is right; of a rule that the sentences it was weighed on never called for, not known."""
        return CERTAIN if self.rule in _BY_DEFINITION else _weights().get(self.rule, UNSEEN)

    @property
    def told(self) -> str:
        """The reason for a person to read."""
        return f"{self.status.value} by {self.word.text!r} ({self.rule})"


@cache
def _weights() -> dict[str, float]:
    found: dict[str, float] = tomli.loads((files("dateline.data") / "reasons.toml").read_text("utf-8"))
    return found


def find_status(
    tree: Tree, trigger: Token, own: frozenset[int] = frozenset(), kind: str = "", least: float = 0.0
) -> Reason | None:
    """Return what decides the status of an event; None where it is plainly asserted.

    Args:
        tree: the sentence.
        trigger: the head of the trigger.
        own: places of the trigger's words, which decide nothing about it: the "not" in "would not meet" refuses.
        kind: type of the event. Of a promise, a demand or a threat the words are the act, in whatever mood.
        least: how often a rule must be right to decide.
    """
    for reason in _reasons(tree, trigger):
        is_mood = reason.rule in _MOODS and tree.head(reason.word).index == trigger.index
        is_own = reason.word.index in own and reason.rule not in _OF_ITSELF
        is_own |= reason.rule == "found in time" and kind != "ASSAULT"
        if not is_own and not (is_mood and kind in _SPOKEN) and (not least or reason.weight >= least):
            return reason
    return None


def reason_of(tree: Tree, match: Match) -> Reason | None:
    """Return what decides the status of a matched event; None where it is plainly asserted."""
    own = frozenset(range(match.first, match.last + 1))
    return find_status(tree, match.head, own, match.pattern.type, LEAST)


def _reasons(tree: Tree, trigger: Token) -> Iterator[Reason]:
    if (shown := presupposed(tree, trigger)) is not None:
        yield Reason(Status.ASSERTED, *shown)
    if (nobody := nobody_of(tree, trigger)) is not None:
        yield Reason(Status.DENIED, nobody, "nobody")
    for token, below in _governed(tree, trigger):
        yield from _beside(tree, trigger, token, below)
        if below is not None and below.dep != "conj" and (found := governor(tree, trigger, token, below)):
            yield Reason(*found)
    yield from _found(_BY_VERBS, tree, trigger)
    for status, find in _TIMELESS:
        if (told := find(tree, trigger)) is not None:
            yield Reason(status, *told)
    yield from _found(_BY_TENSE, tree, trigger)


def _found(finders: Iterable[Finder], tree: Tree, trigger: Token) -> Iterator[Reason]:
    for status, find, rule in finders:
        if (word := find(tree, trigger)) is not None:
            yield Reason(status, word, rule)


def _command(tree: Tree, verb: Token) -> Token | None:
    """Return a verb that commands: "Free our comrades now!"."""
    is_bare = verb.tag == "VB" and verb.dep in {"ROOT", "ccomp"}
    return verb if is_bare and not tree.children(verb, "nsubj", "nsubjpass", "aux", "auxpass", "expl") else None


def _truce_breaker(tree: Tree, trigger: Token) -> Token | None:
    """Return the verb that says that a truce no longer holds: "the ceasefire was broken", "violated the truce"."""
    verb, truces = trigger, tree.children(trigger, "dobj", "nsubj", "nsubjpass")
    if trigger.dep in {"dobj", "nsubj", "nsubjpass"}:
        verb, truces = tree.head(trigger), [trigger]
    is_broken = verb.lemma in _BREAKERS and not tree.children(verb, "neg")
    return verb if is_broken and any(it.lemma in _TRUCES for it in truces) else None


def found_in_time(tree: Tree, trigger: Token) -> Token | None:
    """Return the word that says that a bomb was found before it went off: "defused a bomb", "a bomb found there"."""
    if trigger.lemma in _DETECTORS:
        things = tree.children(trigger, "dobj", "nsubjpass")
        return trigger if any(it.lemma in _BOMBS for it in things) else None
    above = [tree.head(trigger)] if trigger.dep == "nsubj" else []  # so parsers take "said the bomb found here was ..."
    told = (it for it in (*tree.children(trigger, "acl"), *above) if it.tag == "VBN" and it.lemma in _DETECTORS)
    return next(told, None) if trigger.lemma in _BOMBS else None


_BY_VERBS: tuple[Finder, ...] = (
    (Status.DENIED, _truce_breaker, "truce broken"),
    (Status.PLANNED, found_in_time, "found in time"),
)
_BY_TENSE: tuple[Finder, ...] = ((Status.CALLED_FOR, _command, "command"), (Status.ASSERTED, over, "over"))


def _governed(tree: Tree, trigger: Token) -> Iterator[tuple[Token, Token | None]]:
    """Yield the trigger and the words that govern it, each with the child that it governs it through."""
    yield trigger, None
    below = trigger
    for ancestor in tree.ancestors(trigger):
        is_topic = below.lemma == "over" and ancestor.pos == "NOUN" and ancestor.lemma in _UNDECIDED  # "talks over"
        is_aside = below.dep == "prep" and below.lemma not in _CROSSED and not is_topic
        if below.dep in _ADJUNCTS or is_aside or _is_apart(tree, below):
            return  # "decided after the riots", "did not come despite the strike": what stands beside it is not decided
        says = ancestor.lemma in _SAID and below.dep in {"acl", "relcl", "ccomp"}
        if below.dep in {"relcl", "acl", "advcl", "parataxis", "appos"} and not _is_condition(tree, below) and not says:
            if below.dep in {"acl", "advcl"} and below.tag == "VB":
                yield ancestor, below
            return
        if below.dep in {"nsubj", "nsubjpass", "csubj"} and ancestor.pos in _VERBAL:
            if (trigger.pos in {"NOUN", "PROPN"} or below.lemma in _SAID) and below.dep != "csubj":
                yield ancestor, below  # the event is what the verb speaks of: "the strike was called off"
            return
        if below.dep != "conj" or _shares(tree, below):
            yield ancestor, below
        if below.dep == "prep" and ancestor.pos == "NOUN" and ancestor.lemma not in _THROUGH:
            return  # "promised an inquiry into the raid": what is told of the inquiry is not told of the raid
        below = ancestor


def _is_apart(tree: Tree, clause: Token) -> bool:
    """Say whether a semicolon parts a clause from the verb that it is hung from: "they fired; the police denied it"."""
    return clause.dep == "ccomp" and any(it.text == ";" for it in tree.tokens[clause.index : clause.head])


def _shares(tree: Tree, conjunct: Token) -> bool:
    """Say whether a conjunct stands under the same modal as its head: it has neither subject nor auxiliary."""
    return not tree.children(conjunct, "nsubj", "nsubjpass", "aux", "auxpass")


def _is_condition(tree: Tree, token: Token) -> bool:
    return any(mark.lemma in _CONDITIONS for mark in tree.children(token, "mark"))


def _beside(tree: Tree, trigger: Token, token: Token, below: Token | None) -> Iterator[Reason]:
    """Look at what stands beside a word that governs the event, as far as it reaches the event."""
    carries = below is None or _carries(token, below)
    # "It can begin with a roadblock": what is only possible has no new thing in it. The old things stay.
    new = not carries and below is not None and below.dep == "prep" and _is_new(tree, trigger)
    for found in _modified(tree, token) if carries or new else ():
        if carries or found.word.dep == "aux":
            yield found


def _is_new(tree: Tree, noun: Token) -> bool:
    """Say whether a noun brings in something not spoken of before: it has an indefinite article."""
    noun = tree.first_conjunct(noun)
    return any(child.lemma in {"a", "an", "any"} for child in tree.children(noun, "det"))


def _carries(token: Token, below: Token) -> bool:
    """Say whether what is said of a word is said of the event below it.

    "They did not hold a march" denies the march; "they did not join it", "no pictures of the march" do not.
    """
    if token.pos in _VERBAL:
        return (below.dep in {"xcomp", "pcomp", "aux"}) or token.lemma in _CARRIED_THROUGH.get(below.dep, ())
    return token.pos == "ADP" or token.lemma in _TRANSPARENT_NOUNS


def _modified(tree: Tree, token: Token) -> Iterator[Reason]:
    """Look at what stands beside a word: negation, modals, conditions, adverbs."""
    if token.pos in _VERBAL and (found := _inverted(tree, token)):
        yield Reason(Status.HYPOTHETICAL, found, "inversion")
    children = tree.children(token)
    for child in children:
        if child.dep == "neg":
            yield Reason(Status.DENIED, child, "negation" if token.tag != "VB" or has_tense(tree, token) else "not to")
        elif child.dep == "det" and child.text.lower() == "no":
            yield Reason(Status.DENIED, child, "none")
    for child in children:
        if said := _said(tree, token, child):
            yield Reason(said[0], child, said[1])


def _said(tree: Tree, token: Token, child: Token) -> tuple[Status, str] | None:
    """Return what a conjunction, an auxiliary or an adverb says of the word that it hangs from, and by which rule."""
    if child.dep == "mark":
        return _marked(token, child.text.lower())
    if child.dep in {"aux", "auxpass"}:
        return _modal(tree, token, child.text.lower())
    if _is_set(tree, child):
        return Status.PLANNED, "set for"
    if child.dep in {"amod", "advmod"}:
        said = _adverb(child)
        return said if said and not _is_utmost(tree, child) else None
    return None


def _marked(token: Token, conjunction: str) -> tuple[Status, str] | None:
    if conjunction in _CONDITIONS:
        return Status.HYPOTHETICAL, "condition"
    if conjunction == "until" and token.tag in {"VBZ", "VBP"}:
        return Status.HYPOTHETICAL, "until"
    return None


def _inverted(tree: Tree, verb: Token) -> Token | None:
    """Return the auxiliary of "had they fired", "should it fail", "were he sent back": a condition without "if"."""
    subjects = tree.children(verb, "nsubj", "nsubjpass")
    heads = [it for it in tree.children(verb, "aux", "auxpass") if it.text.lower() in {"had", "should", "were"}]
    if not subjects or not heads or heads[0].index > tree.subtree(subjects[0])[0].index:
        return None
    asks = tree.tokens[-1].text == "?" or any(it.tag in {"WP", "WRB", "WDT"} for it in tree.children(verb))
    return None if asks else heads[0]


def _modal(tree: Tree, verb: Token, word: str) -> tuple[Status, str] | None:
    if word in _OPEN and (mark := _depends(tree, verb)) and not _is_threatened(tree, verb):
        return (Status.PLANNED, "unless") if mark == "unless" else (Status.HYPOTHETICAL, "consequence")
    if word in _FUTURE or (word in {"would", "'d"} and _is_reported(tree, verb)):
        return Status.PLANNED, "future"
    if word in _POSSIBLE and _is_foreseen(tree, verb):
        return Status.PLANNED, "foreseen"
    if word in _OUGHT:
        return Status.CALLED_FOR, "ought"
    if word in _POSSIBLE:
        return Status.HYPOTHETICAL, "modal"
    if word in {"can", "ca"}:
        return Status.GENERIC, "can"
    if word == "to" and verb.tag == "VB" and _is_due(tree, verb):
        return Status.PLANNED, "due"
    return None


def _is_due(tree: Tree, verb: Token) -> bool:
    """Say whether an infinitive hangs from "be" or "go": "are to be posted", "is going to march"."""
    if verb.dep == "xcomp":
        return tree.head(verb).lemma in {"be", "go"}
    return any(it.text.lower() in {"is", "are", "was", "were"} for it in tree.children(verb, "aux"))


def _depends(tree: Tree, verb: Token) -> str | None:
    """Return by which word a verb depends on a condition: "they will strike if ...", "had he asked, they would ..."."""
    for clause in tree.children(verb, "advcl"):
        if found := next((it.text.lower() for it in tree.children(clause, "mark") if it.text.lower() in _IFS), None):
            return found
        if clause.pos in _VERBAL and (aux := _inverted(tree, clause)) is not None:
            return aux.text.lower()
    return None


def _is_threatened(tree: Tree, verb: Token) -> bool:
    """Say whether a verb is what somebody threatens, warns or vows: that is planned, with conditions or without."""
    return verb.dep == "ccomp" and tree.head(verb).lemma in _THREATS


def _is_reported(tree: Tree, verb: Token) -> bool:
    """Say whether "would" is the future of reported speech: "said they would", "a deal by which they would"."""
    while verb.dep == "conj" and not tree.children(verb, "aux"):
        verb = tree.head(verb)
    return verb.dep in {"ccomp", "relcl", "acl"} or (verb.dep == "conj" and tree.head(verb).dep == "ccomp")


def _is_foreseen(tree: Tree, verb: Token) -> bool:
    """Say whether somebody fears, expects or warns of what may happen."""
    return verb.dep == "ccomp" and tree.head(verb).lemma in _FORESEERS


def _is_utmost(tree: Tree, child: Token) -> bool:
    """Say whether a word only strengthens: "all possible help", "the clearest possible pledge"."""
    before = tree.tokens[child.index - 1] if child.index else child
    return child.lemma == "possible" and (before.tag in {"JJS", "RBS"} or before.lemma in {"all", "every"})


def _is_set(tree: Tree, child: Token) -> bool:
    """Say whether a clause says for when an event is set: "a march planned for Saturday"."""
    is_prospective = child.dep == "acl" and child.text.lower() in _PROSPECTIVE
    return is_prospective and bool(tree.objects(child, "for", "on")) and not tree.objects(child, "by")


def _adverb(child: Token) -> tuple[Status, str] | None:
    if child.lemma in _PROSPECTIVE:
        return Status.PLANNED, "prospective"
    if child.lemma in _THINKABLE and child.dep == "amod":
        return Status.HYPOTHETICAL, "thinkable"
    return (Status.GENERIC, "habit") if child.lemma in _GENERIC_WORDS else None
