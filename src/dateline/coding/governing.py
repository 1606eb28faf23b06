"""Words that stand above an event and decide what is claimed of it: verbs and nouns that deny, plan, call for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.coding.grammar import words
from dateline.model.event import Status

if TYPE_CHECKING:
    from dateline.coding.tree import Tree
    from dateline.model.parse import Token

Ruling = tuple[Status, "Token", str]
"""The status, the word that decides, the name of the rule."""

_FAILERS = words("status", "failers")
_ABSTAINERS = words("status", "abstainers")
_FOILERS = words("status", "foilers")
_CARRIERS = words("roles", "carriers")
_PREVENTERS = words("status", "preventers")
_SPURRERS = words("status", "spurrers")
_COMMITTED = words("status", "committed")
_INFINITIVE = words("status", "infinitive")
_REFUTERS = words("status", "refuters")
_PLANNERS = words("status", "planners")
_CALLERS = words("status", "callers")
_CALLER_NOUNS = words("status", "caller_nouns")
_PURPOSES = words("status", "purposes")
_DENIAL_NOUNS = words("status", "denial_nouns")
_SAID = words("status", "said")
_REFUSERS = words("status", "refusers")
_FUTURE = words("status", "future") | {"would"}
_ENDERS = words("status", "enders")
_HALTERS = words("status", "halters")
_ENDINGS = words("status", "endings")
_CLEARERS = words("status", "clearers")
_DETECTORS = words("status", "detectors")
_BANNERS = words("status", "banners")
_BOMBS = words("status", "bombs")
_FALSE = words("status", "false")
_DISCUSSERS = words("status", "discussers")
_NEGOTIABLE = words("status", "negotiable")
_UNDECIDED = words("status", "undecided")
_STOPPABLE = words("status", "stoppable")
_UNABLE = frozenset({"powerless", "unable"})
_PUNISHERS = words("status", "punishers")
_THESE = frozenset({"all", "such", "the", "these", "this", "those", "that"})
_SPELLS = frozenset({"hour", "day", "week", "month", "year"})
_TOPICS = frozenset({"about", "on", "over"})
_RIGHT = frozenset({"true", "correct", "right", "case"})


def governor(tree: Tree, trigger: Token, token: Token, below: Token) -> Ruling | None:
    """Return what a word above an event decides of it: does it deny, plan, call for or generalise it?

    Args:
        tree: the sentence.
        trigger: the head of the event's trigger.
        token: the word above.
        below: the child through which it governs the event.
    """
    if token.pos in {"ADP", "SCONJ"}:
        return _preposition_above(tree, token, below)
    if token.lemma in _PREVENTERS and below.lemma == "from" and not _is_kept(tree, trigger, below):
        return None
    if token.pos in {"VERB", "AUX"}:
        return _refuted(tree, trigger, token, below) or _verb_above(tree, token, below)
    if token.pos in {"NOUN", "PROPN", "ADJ"}:
        return _noun_above(tree, token, below)
    return None


def _preposition_above(tree: Tree, preposition: Token, below: Token) -> Ruling | None:
    if preposition.lemma == "without":
        return Status.DENIED, preposition, "without"
    over = tree.head(preposition)
    if preposition.lemma == "for" and below.dep == "pcomp" and over.lemma in _PUNISHERS:
        return Status.ASSERTED, preposition, "punished for"
    verb = tree.head(over) if over.dep in {"dobj", "nsubjpass"} else over
    is_charge = below.dep == "pcomp" or not tree.children(below, "det", "poss", "nummod")
    if preposition.lemma == "of" and verb.lemma in _CLEARERS and is_charge and not tree.children(verb, "neg"):
        return Status.DENIED, verb, "cleared of"
    return None


def _is_kept(tree: Tree, trigger: Token, preposition: Token) -> bool:
    """Say whether an act is what somebody is kept from: in "from holding a march", not in "from filming a march"."""
    acts = tree.children(preposition, "pcomp", "pobj")
    over = tree.head(trigger) if trigger.dep == "conj" else trigger
    return over in acts or (over.dep == "dobj" and tree.head(over) in acts and tree.head(over).lemma in _CARRIERS)


def _refuted(tree: Tree, trigger: Token, verb: Token, below: Token) -> Ruling | None:
    """Look for what calls something false: "it is not true that", "rejected as lies claims that", "denied reports"."""
    is_content = below.dep in {"ccomp", "csubj", "advcl"} or below.lemma in _SAID
    if not is_content:
        return None
    negated = bool(tree.children(verb, "neg"))
    named = [*tree.children(verb, "acomp", "attr", "oprd", "dobj"), *tree.objects(verb, "as")]
    wrong = _RIGHT if negated else _FALSE
    for word in named:
        if word is not below and (word.lemma in wrong or word.text.lower() in wrong):
            return Status.DENIED, word, "falsehood"
    said = below.lemma in _SAID and below.index != trigger.index
    if verb.lemma in _REFUTERS and not negated and (said or (below.dep == "ccomp" and verb.lemma == "deny")):
        return Status.DENIED, verb, "refutation"
    return None


def _verb_above(tree: Tree, verb: Token, below: Token) -> Ruling | None:
    lemma = verb.lemma
    infinitive = below.tag == "VB" and any(aux.tag == "TO" for aux in tree.children(below, "aux"))
    if lemma == "have" and infinitive and any(it.lemma == "yet" for it in tree.children(verb, "advmod")):
        return Status.DENIED, verb, "yet"
    if ended := _ended(tree, verb, below):
        return ended
    if lemma == "confirm" and below.pos == "NOUN" and below.dep in {"dobj", "nsubjpass"}:
        return Status.ASSERTED, verb, "confirmed"
    if lemma in _DETECTORS and below.lemma in _BOMBS and below.dep in {"dobj", "nsubjpass"}:
        return Status.PLANNED, verb, "found in time"
    if lemma == "call" and any(part.lemma == "off" for part in tree.children(verb, "prt")):
        return Status.DENIED, verb, "called off"
    if lemma in _FOILERS and below.dep in {"dobj", "nsubjpass"}:
        return (Status.ASSERTED, verb, "not foiled") if _is_in_vain(tree, verb) else (Status.PLANNED, verb, "foiled")
    if lemma in _SPURRERS and below.dep in {"dobj", "nsubjpass"}:
        return Status.CALLED_FOR, verb, "spur"
    if lemma in _DISCUSSERS and any(it.lemma in {"a", "an"} for it in tree.children(below, "det")):
        return Status.HYPOTHETICAL, verb, "discussed"
    if lemma in _CALLERS and (infinitive or below.dep in {"prep", "ccomp"} or lemma == "demand"):
        return _called(verb, below, infinitive)
    return _denied(tree, verb, below) or _planned(verb, below, infinitive)


def _ended(tree: Tree, verb: Token, below: Token) -> Ruling | None:
    """Look for what ends, halts or bans an event, in whatever mood: what is to end is going on, what stops is over.

    "Called for an end to the strike" and "asked them to stop shelling" tell of a strike and of shelling; "will halt
    tests" tells of no test, "halted the eviction" of no eviction, "banned rallies" of rallies at large.
    """
    if below.tag == "VBG" and below.dep in {"xcomp", "pcomp"} and verb.lemma in _ENDERS | _HALTERS:
        return Status.ASSERTED, verb, "ended"
    if below.pos != "NOUN" or below.dep not in {"dobj", "nsubjpass"}:
        return None
    if verb.lemma in _HALTERS and below.tag == "NN" and below.lemma in _STOPPABLE:
        return Status.DENIED, verb, "stopped"
    is_bare = below.tag == "NNS" and not tree.children(below, "det", "poss", "nummod", "relcl", "acl")
    if verb.lemma in _BANNERS and is_bare:
        return Status.GENERIC, verb, "banned"
    if verb.lemma in _BANNERS and below.tag == "NN" and not _lasts(tree, below):
        return Status.PLANNED, verb, "forbidden"
    if verb.lemma in _HALTERS and is_bare and _is_coming(tree, verb):
        return Status.GENERIC, verb, "halted"
    called_off = any(part.lemma in {"off", "up"} for part in tree.children(verb, "prt"))
    known = [it for it in tree.children(below, "det", "poss", "nummod") if it.lemma not in {"any", "no", "another"}]
    ends = verb.lemma in _ENDERS and bool(known)
    halts = verb.lemma in _ENDERS | _HALTERS or (verb.lemma in {"call", "wrap"} and called_off)
    return (Status.ASSERTED, verb, "ended") if ends or (halts and _lasts(tree, below)) else None


def _is_coming(tree: Tree, verb: Token) -> bool:
    """Say whether a verb is told as under way or to come: "is halting", "will halt"."""
    return verb.tag == "VBG" or any(it.text.lower() in _FUTURE for it in tree.children(verb, "aux"))


def _lasts(tree: Tree, noun: Token) -> bool:
    """Say whether a noun tells of what has begun: "the raids", "their sit-in", "a strike that shut the port"."""
    if noun.tag == "NNS" and any(it.lemma in _THESE for it in tree.children(noun, "det")):
        return True
    clauses = tree.children(noun, "relcl")
    verbs = [*clauses, *(aux for clause in clauses for aux in tree.children(clause, "aux"))]
    beside = [part for it in tree.children(noun, "compound", "amod", "nmod") for part in tree.subtree(it)]
    owners = [it for it in tree.children(noun, "poss") if it.entity not in {"DATE", "TIME"}]
    return bool(owners) or any(it.tag == "VBD" for it in verbs) or any(it.lemma in _SPELLS for it in beside)


def _denied(tree: Tree, verb: Token, below: Token) -> Ruling | None:
    """Look for what is denied, refused, failed or ruled out."""
    clausal = below.dep in {"xcomp", "pcomp", "ccomp"}
    if verb.lemma == "rule":
        is_out = any(part.lemma == "out" for part in tree.children(verb, "prt"))
        return (Status.DENIED, verb, "ruled out") if is_out and below.dep in {"dobj", "xcomp", "pcomp"} else None
    if verb.lemma == "deny" and (clausal or below.dep == "dobj"):
        return Status.DENIED, verb, "deny"
    if verb.lemma in _FAILERS and below.dep == "xcomp":
        return Status.DENIED, verb, "fail to"
    if verb.lemma in _PREVENTERS and below.lemma == "from":
        return (Status.ASSERTED, verb, "not kept") if _is_in_vain(tree, verb) else (Status.DENIED, verb, "kept from")
    if verb.lemma in _ABSTAINERS and (clausal or below.dep in {"dobj", "nsubjpass"} or below.lemma in {"from", "at"}):
        return Status.DENIED, verb, "abstain"
    return None


def _is_in_vain(tree: Tree, verb: Token) -> bool:
    """Say whether a verb tells of what was not done: "failed to stop", "could not prevent", "unable to keep"."""
    return bool(tree.children(verb, "neg")) or (verb.dep == "xcomp" and tree.head(verb).lemma in _FAILERS | _UNABLE)


def _planned(verb: Token, below: Token, infinitive: bool) -> Ruling | None:
    lemma = verb.lemma
    if lemma == "want" and below.dep in {"ccomp", "xcomp"}:
        return (Status.CALLED_FOR, verb, "want") if below.dep == "ccomp" else (Status.PLANNED, verb, "want to")
    if lemma in _COMMITTED and infinitive:
        return Status.PLANNED, verb, "commit to"
    if lemma in _PLANNERS and infinitive:
        return Status.PLANNED, verb, "plan to"
    if lemma in _PLANNERS and lemma not in _INFINITIVE and below.dep in {"dobj", "pcomp", "prep", "nsubjpass", "xcomp"}:
        return Status.PLANNED, verb, "plan"
    if infinitive and below.dep == "advcl" and lemma not in _PURPOSES:
        return Status.HYPOTHETICAL, verb, "purpose"
    return None


def _called(verb: Token, below: Token, infinitive: bool) -> Ruling | None:
    if verb.lemma in {"call", "appeal", "press", "push", "plead", "beg"} and not infinitive:
        return (Status.CALLED_FOR, verb, "call for") if below.lemma in {"for", "on"} else None
    if verb.lemma in {"order", "tell"} and not infinitive:
        return None
    return Status.CALLED_FOR, verb, "urge" if infinitive or verb.lemma == "demand" else "urge that"


def _noun_above(tree: Tree, noun: Token, below: Token) -> Ruling | None:
    if noun.pos == "ADJ" and below.dep == "xcomp" and noun.lemma in _PLANNERS:
        return Status.PLANNED, noun, "ready to" if noun.lemma in {"ready", "prepared"} else "likely to"
    through = below.dep in {"prep", "acl", "ccomp", "relcl", "dobj", "pobj", "compound", "nmod"}
    if not through:
        return None
    if noun.lemma in _ENDINGS and below.lemma in {"of", "to"}:
        return Status.ASSERTED, noun, "ended"
    if (
        noun.lemma in _UNDECIDED
        and below.lemma in _TOPICS
        and any(it.lemma in _NEGOTIABLE for it in tree.children(below, "pobj"))
    ):
        return Status.HYPOTHETICAL, noun, "discussed"
    if noun.lemma in _CALLER_NOUNS and _is_refused(tree, noun):
        return Status.DENIED, tree.head(noun), "refused call"
    if noun.lemma in _CALLER_NOUNS and (below.lemma in {"for", "to"} or below.tag == "VB"):
        return Status.CALLED_FOR, noun, "call noun"
    if noun.lemma in _DENIAL_NOUNS:
        return Status.DENIED, noun, "denial noun"
    if noun.lemma in _PLANNERS:
        none = [it for it in tree.children(noun, "neg", "det") if it.text.lower() == "no"]
        return (Status.DENIED, none[0], "no plan") if none else (Status.PLANNED, noun, "plan noun")
    if noun.lemma in {"right", "freedom"} and below.dep == "acl" and below.tag == "VB":
        return Status.GENERIC, noun, "right to"
    return None


def _is_refused(tree: Tree, noun: Token) -> bool:
    """Say whether a demand is turned down: "rejected calls for", "turned down a request to"."""
    verb = tree.head(noun)
    through = noun.dep in {"dobj", "nsubjpass"}
    return through and (verb.lemma in _REFUSERS or any(it.lemma == "down" for it in tree.children(verb, "prt")))
