"""Which incidents are related without being one: a table of cases, half of them of what must not be related."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.linking.conftest import build, words

from dateline.linking import link
from dateline.linking.gist import Gist
from dateline.linking.independence import Origins
from dateline.model.event import Mention, Status
from dateline.model.ground import Actor, ActorKind, Role
from dateline.model.judgement import Verdict, judge
from dateline.model.relation import Relation, RelationKind

if TYPE_CHECKING:
    from collections.abc import Sequence

PART, SEQUEL = RelationKind.PART_OF, RelationKind.FOLLOW_UP


@dataclass(frozen=True)
class Who:
    """People as a report puts them."""

    quote: str
    head: str | None = None
    name: str | None = None
    entity: str | None = None
    sector: str | None = None
    kind: ActorKind = ActorKind.UNKNOWN


STUDENTS, MINERS = Who("nine students", "student", sector="EDU"), Who("the miners", "miner", sector="LAB")
PROTESTERS, THE_NINE = Who("protesters", "protester"), Who("the nine", entity="e1")
HOLM, LUND = (Who(name, name=name, kind=ActorKind.INDIVIDUAL) for name in ("Anna Holm", "Per Lund"))
FORUM = Who("two members of New Forum", name="New Forum", kind=ActorKind.OPPOSITION)
POLICE = Who("police", "police", sector="COP")


def told(naming: str, kind: str, how: str | None, **about: Any) -> Mention:
    """A mention whose actors are `by` and recipients `to`."""
    parties = [(Role.ACTOR, it) for it in about.pop("by", ())] + [(Role.RECIPIENT, it) for it in about.pop("to", ())]
    actors = [
        Actor(
            role, words(it.quote), it.name, "DDR", it.sector, public=True, kind=it.kind, head=it.head, entity=it.entity
        )
        for role, it in parties
    ]
    return replace(build(**({"trigger": naming, "type": kind, "form": how} | about)), actors=tuple(actors))


def arrest(**about: Any) -> Mention:
    return told("arrested", "COERCE", "arrest", **({"day": "1989-09-11", "place": "Leipzig", "by": [POLICE]} | about))


def sentence(**about: Any) -> Mention:
    base = {"day": "1989-11-03", "place": "Leipzig", "report": "r2"}
    return told("sentenced", "COERCE", "prison_sentence", **(base | about))


def release(**about: Any) -> Mention:
    return told("freed", "RETREAT", "release", **({"day": "1989-09-14", "place": "Leipzig", "report": "r2"} | about))


def wave(**about: Any) -> Mention:
    base = {"day": "1989-10-02", "last": "1989-10-31", "place": "East Germany", "figures": {"cities": (120, 120)}}
    return told("uprising", "PROTEST", "wave", **(base | about))


def march(**about: Any) -> Mention:
    base = {"day": "1989-10-09", "place": "Leipzig", "report": "r2"}
    return told("marched", "PROTEST", "march", **(base | about))


def shooting(**about: Any) -> Mention:
    base = {"day": "1989-10-09", "place": "Leipzig", "by": [POLICE]}
    return told("shot dead", "ASSAULT", "shooting", **(base | about))


RELATED: dict[str, tuple[Mention, Mention, RelationKind]] = {
    # a wave and its local events
    "local event of a month in 120 cities": (march(), wave(), PART),
    "of a wave of two days": (march(), wave(day="1989-10-08", last="1989-10-09"), PART),
    "on the night after its last day": (march(day="1989-11-01"), wave(), PART),
    "local event with no day, told in one report": (march(day=None, report="r1", at=300), wave(), PART),
    "wave of a province": (march(), wave(place="Saxony", figures={"cities": (12, 12)}), PART),
    "small wave, the same people by what they are called": (
        march(by=[STUDENTS]), wave(by=[STUDENTS], figures={"cities": (5, 5)}, last="1989-10-12"), PART,
    ),
    "strikes of a strike in many towns": (
        march(trigger="strike", form=None, day="1989-10-10"),
        told("strikes", "PROTEST", "strike", day="1989-10-09", last="1989-10-12", place="East Germany",
             figures={"cities": (40, 40)}),
        PART,
    ),
    "riot in a wave": (march(trigger="rioted"), wave(figures={"provinces": (14, 14), "cities": (90, 90)}), PART),
    # force at a protest
    "arrests at a march, told in one sentence": (arrest(at=25, end=60, to=[PROTESTERS], place=None, day=None),
                                                 march(report="r1", day=None, place=None, end=25), PART),
    "arrests that day in that town, of demonstrators": (arrest(day="1989-10-09", to=[PROTESTERS]), march(), PART),
    "beaten at a march by another report": (
        told("beat", "ASSAULT", "beating", day="1989-10-09", place="Leipzig", to=[PROTESTERS]), march(), PART,
    ),
    "those beaten are those who marched": (
        told("beat", "ASSAULT", "beating", day="1989-10-09", place="Leipzig", to=[STUDENTS]),
        march(by=[STUDENTS]), PART,
    ),
    # trial, sentence, release, mourning
    "sentenced, by name": (sentence(to=[HOLM]), arrest(to=[HOLM]), SEQUEL),
    "sentenced in the capital, by name": (sentence(to=[HOLM], place="Berlin"), arrest(to=[HOLM]), SEQUEL),
    "charged, by name": (
        told("charged", "ACCUSE", "charge", day="1989-09-20", place="Leipzig", report="r2", to=[HOLM]),
        arrest(to=[HOLM]), SEQUEL,
    ),
    "three of the arrested students": (
        sentence(to=[Who("three of the arrested students", "student")], figures={"sentenced": (3, 3)}),
        arrest(to=[STUDENTS], figures={"arrested": (9, 9)}), SEQUEL,
    ),
    "released three days later in that town, as many": (
        release(to=[STUDENTS], figures={"released": (9, 9)}),
        arrest(to=[STUDENTS], figures={"arrested": (9, 9)}), SEQUEL,
    ),
    "the same people in one report": (
        release(report="r1", at=200, to=[THE_NINE]), arrest(to=[Who("nine students", "student", entity="e1")]), SEQUEL,
    ),
    "convicted after being charged": (
        told("guilty", "SANCTION", "conviction", day="1989-12-01", place="Leipzig", report="r2", to=[HOLM]),
        told("charged", "ACCUSE", "charge", day="1989-09-20", place="Leipzig", to=[HOLM]), SEQUEL,
    ),
    "executed after a death sentence": (
        told("hanged", "ASSAULT", "execution", day="1989-12-01", place="Berlin", report="r2", to=[LUND]),
        told("sentenced", "COERCE", "death_sentence", day="1989-11-01", place="Berlin", to=[LUND]), SEQUEL,
    ),
    "freed by those who took him": (
        release(to=[LUND]), told("kidnapped", "ASSAULT", "abduction", day="1989-09-10", to=[LUND]), SEQUEL,
    ),
    "on trial for the shooting": (
        told("charged", "ACCUSE", "charge", day="1989-12-01", place="Leipzig", report="r2", to=[LUND]),
        shooting(by=[LUND]), SEQUEL,
    ),
    "funeral march for the one shot": (
        told("funeral", "PROTEST", "march", day="1989-10-12", place="Leipzig", report="r2", to=[HOLM]),
        shooting(to=[HOLM]), SEQUEL,
    ),
    "pardoned": (
        told("pardoned", "CONCEDE", "pardon", day="1990-01-05", place="Berlin", report="r2", to=[HOLM]),
        told("sentenced", "COERCE", "prison_sentence", day="1989-11-01", place="Leipzig", to=[HOLM]), SEQUEL,
    ),
}  # fmt: skip

UNRELATED: dict[str, tuple[Mention, Mention]] = {
    "local event outside the days of the wave": (march(day="1989-11-20"), wave()),
    "local event of another land": (march(), replace(wave(), place=build(place="Berlin").place)),
    "few cities, a month, nothing else": (march(), wave(figures={"cities": (3, 3)})),
    "wave of no known days, another report": (march(), wave(day=None)),
    "another group's wave": (march(by=[HOLM]), wave(by=[LUND])),
    "strike wave and a march": (
        march(), told("strikes", "PROTEST", "strike", day="1989-10-09", last="1989-10-12", place="East Germany",
                      figures={"cities": (40, 40)}),
    ),
    "a wave that was planned": (march(), wave(status=Status.PLANNED)),
    "a local event that was called for": (march(status=Status.CALLED_FOR), wave()),
    "an arrest in the days of a wave": (arrest(day="1989-10-09", report="r2"), wave()),
    "an event known by its province alone": (march(place="Saxony"), wave()),
    "arrest of a burglar that day in that town": (arrest(day="1989-10-09", to=[MINERS]), march(by=[STUDENTS])),
    "arrests a day later": (arrest(day="1989-10-10", to=[PROTESTERS]), march()),
    "arrests in another town": (arrest(day="1989-10-09", to=[PROTESTERS], place="Dresden"), march()),
    "arrests that day, of nobody known": (arrest(day="1989-10-09"), march(place=None)),
    "other students, two months later, other town": (
        sentence(to=[STUDENTS], place="Dresden"), arrest(to=[STUDENTS]),
    ),
    "members of one body, two months later, other town": (sentence(to=[FORUM], place="Dresden"), arrest(to=[FORUM])),
    "another name": (sentence(to=[LUND], day="1989-09-13"), arrest(to=[HOLM])),
    "sentenced before the arrest": (sentence(to=[HOLM], day="1989-09-01"), arrest(to=[HOLM])),
    "more freed than were taken": (
        release(to=[STUDENTS], figures={"released": (40, 40)}), arrest(to=[STUDENTS], figures={"arrested": (9, 9)}),
    ),
    "miners freed, students taken": (release(to=[MINERS]), arrest(to=[STUDENTS])),
    "nobody named on either side": (release(), arrest()),
    "a release that was denied": (release(to=[HOLM], status=Status.DENIED), arrest(to=[HOLM])),
    "an arrest that was only threatened": (release(to=[HOLM]), arrest(to=[HOLM], status=Status.PLANNED)),
    "a march is no funeral": (march(to=[HOLM], day="1989-10-12"), shooting(to=[HOLM])),
    "a funeral of somebody else": (
        told("funeral", "PROTEST", "march", day="1989-10-12", place="Leipzig", report="r2", to=[LUND]),
        shooting(to=[HOLM]),
    ),
    "eleven years later, by what they are called": (sentence(to=[STUDENTS], day="2000-11-03"), arrest(to=[STUDENTS])),
    "a sentence is no release": (sentence(to=[HOLM]), release(to=[HOLM], report="r1")),
}  # fmt: skip


def relations(*mentions: Mention, gists: dict[str, Gist] | None = None) -> tuple[Relation, ...]:
    return link(mentions, Origins(), gists=gists).relations


@pytest.mark.parametrize("case", RELATED.values(), ids=RELATED)
def test_is_related(case: tuple[Mention, Mention, RelationKind]) -> None:
    incident, of, kind = case
    (found,) = relations(incident, of)
    assert (found.kind, found.mention, found.of_mention) == (kind, incident.id, of.id)
    assert 0.5 < found.score < 1
    assert len(found.why) > 1


@pytest.mark.parametrize("case", UNRELATED.values(), ids=UNRELATED)
def test_is_not_related(case: tuple[Mention, Mention]) -> None:
    assert relations(*case) == ()


def test_half_of_the_table_must_not_be_related() -> None:
    assert len(RELATED) + len(UNRELATED) >= 40
    assert len(UNRELATED) >= len(RELATED)


def test_which_of_two_arrests_it_followed_cannot_be_told() -> None:
    one, other = arrest(to=[STUDENTS]), arrest(to=[STUDENTS], day="1989-09-12", report="r3")
    after = release(to=[STUDENTS], day="1989-09-14")
    assert len(link([one, other], Origins()).incidents) in (1, 2)
    homes = {it.of for it in relations(one, replace(other, when=build(day="1989-09-13").when), after)}
    assert homes == set()


def test_names_beside_both_speak_for_it() -> None:
    """Private persons have no name of their own in the data; their names stand in the clauses alone."""
    taken, freed = arrest(), release()
    near = Gist(frozenset({"holm", "lund", "leipzi", "septem"}), frozenset())
    assert relations(taken, freed) == ()
    (found,) = relations(taken, freed, gists={taken.id: near, freed.id: near})
    assert "beside both: holm, lund" in found.why


def said(left: Mention, verdict: Verdict, right: Mention) -> Any:
    return judge([left], [right], verdict, "ana", datetime(2026, 3, 1, tzinfo=UTC))


def test_a_person_adds_and_rejects_relations() -> None:
    taken, freed = arrest(), release()
    (added,) = link([taken, freed], Origins(), [said(freed, Verdict.FOLLOW_UP, taken)]).relations
    assert (added.kind, added.judged, added.score) == (SEQUEL, True, 1.0)
    local, whole = march(), wave()
    assert len(relations(local, whole)) == 1
    assert link([local, whole], Origins(), [said(whole, Verdict.UNRELATED, local)]).relations == ()
    (turned,) = link([local, whole], Origins(), [said(whole, Verdict.PART_OF, local)]).relations
    assert (turned.mention, turned.judged) == (whole.id, True)


EVERYBODY = [*(it for case in RELATED.values() for it in case[:2]), *(it for case in UNRELATED.values() for it in case)]


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_order_changes_nothing(data: st.DataObject) -> None:
    some: Sequence[Mention] = list(
        {it.id: it for it in data.draw(st.lists(st.sampled_from(EVERYBODY), max_size=9))}.values()
    )
    assert relations(*data.draw(st.permutations(some))) == relations(*some)
