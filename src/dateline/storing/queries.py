"""The text of every question that `Database` asks. Values are bound, never pasted in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

PASSING = """
    ($type IS NULL OR type = $type)
AND ($form IS NULL OR form = $form)
AND ($status IS NULL OR status = $status)
AND ($country IS NULL OR country = $country)
AND ($admin1 IS NULL OR admin1 = $admin1)
AND ($place IS NULL OR place = $place)
AND ($precision IS NULL OR precision = $precision)
AND ($actor IS NULL OR list_contains(actors, $actor))
AND ($publisher IS NULL OR list_contains(publishers, $publisher))
AND ($since IS NULL OR coalesce(latest, earliest) >= $since)
AND ($until IS NULL OR coalesce(earliest, latest) <= $until)
AND ($sources IS NULL OR independent >= $sources)
AND ($single_source IS NULL OR single_source = $single_source)
AND ($contested IS NULL OR contested = $contested)
AND ($disputed IS NULL OR list_contains(disputed, $disputed))
AND ($review IS NULL OR ($review = 'reviewed') = (n IN (SELECT n FROM judged)))
AND ($words IS NULL OR n IN (SELECT unnest(CAST($words AS INTEGER[]))))
"""
"""What a row of `facts` must be to pass `Filters`; `$words` are the numbers of the incidents that hold the words."""

_IN_TIME = "ORDER BY earliest NULLS LAST, latest NULLS LAST, id"
_IN_TEXT = 'ORDER BY report, "trigger".start, id'

ALL_INCIDENTS = f"SELECT * FROM incidents {_IN_TIME} LIMIT $limit OFFSET $offset"  # noqa: S608

FACTS = f"""
SELECT * FROM facts
WHERE n IN (SELECT n FROM facts WHERE {PASSING} ORDER BY n LIMIT $limit OFFSET $offset) ORDER BY n
"""  # noqa: S608

FACTS_AT = f"""
SELECT facts.* FROM facts JOIN (SELECT lat, lon, precision, radius_km, place, country, form = 'wave' AS wave FROM facts
                                WHERE n = $number) AS it
  ON facts.lat = it.lat AND facts.lon = it.lon AND facts.precision = it.precision
 AND facts.radius_km IS NOT DISTINCT FROM it.radius_km AND (facts.form = 'wave') IS NOT DISTINCT FROM it.wave
 AND facts.place IS NOT DISTINCT FROM it.place AND facts.country IS NOT DISTINCT FROM it.country
WHERE n IN (SELECT n FROM facts WHERE {PASSING}) ORDER BY contested DESC, n LIMIT $limit
"""  # noqa: S608

INCIDENTS = f"""
SELECT incidents.* FROM incidents
JOIN (SELECT id, n FROM facts WHERE {PASSING} ORDER BY n LIMIT $limit OFFSET $offset) AS found USING (id) ORDER BY n
"""  # noqa: S608

COUNT_INCIDENTS = f"SELECT count(*) FROM facts WHERE {PASSING}"  # noqa: S608

_VALUES = {
    **{name: name for name in ("type", "form", "status", "country", "admin1", "place", "precision")},
    **{name: name for name in ("single_source", "contested")},
    "actor": "unnest(actors)",
    "publisher": "unnest(publishers)",
    "disputed": "unnest(disputed)",
    "sources": "least(independent, 5)",
    "review": "CASE WHEN n IN (SELECT n FROM judged) THEN 'reviewed' ELSE 'unreviewed' END",
}
"""For each filter, what its values are in a row of `facts`."""

_FACET = """
(SELECT '{0}' AS facet, CAST(value AS VARCHAR) AS value, count(*) AS incidents FROM (SELECT {1} AS value FROM passing)
 WHERE value IS NOT NULL GROUP BY value ORDER BY count(*) DESC, value LIMIT $limit)
"""


_FACETS = f"""
WITH passing AS MATERIALIZED (
  SELECT n, type, form, status, country, admin1, place, precision, single_source, contested, independent, actors,
         publishers, disputed
  FROM facts WHERE {PASSING}
)
SELECT * FROM ({{}}) ORDER BY facet, incidents DESC, value
"""  # noqa: S608


def facets(names: Iterable[str]) -> str:
    """Return the question for the values of these filters, and the number of incidents that pass with each."""
    parts = " UNION ALL ".join(_FACET.format(name, _VALUES[name]) for name in names)
    return _FACETS.format(parts)


FACETS = tuple(_VALUES)
"""The filters that have facets."""

SPOTS = f"""
SELECT lon, lat, radius_km, precision, place, country, coalesce(form = 'wave', false) AS wave, count(*) AS incidents,
       count(*) FILTER (contested) AS contested, min(n) AS n
FROM facts WHERE lat IS NOT NULL AND lon IS NOT NULL AND {PASSING}
GROUP BY ALL ORDER BY incidents DESC, country, place, lat, lon, precision, radius_km, wave LIMIT $limit
"""  # noqa: S608

SPANS = f"""
SELECT CAST(date_trunc($unit, earliest) AS DATE) AS first, CAST(date_trunc($unit, latest) AS DATE) AS last,
       count(*) AS incidents, count(*) FILTER (contested) AS contested
FROM facts WHERE coalesce(earliest, latest) IS NOT NULL AND {PASSING} GROUP BY ALL ORDER BY ALL
"""  # noqa: S608

BOUNDS = f"""
SELECT min(coalesce(earliest, latest)), max(coalesce(latest, earliest)), count(coalesce(earliest, latest)),
       count(*) FILTER (lat IS NULL OR lon IS NULL), count(*)
FROM facts WHERE {PASSING}
"""  # noqa: S608

REVIEWED = """
INSERT INTO judged SELECT n FROM facts JOIN incidents USING (id)
WHERE list_has_any(mentions, list_concat($ids, (SELECT coalesce(list(id), []) FROM all_reviewed)))
"""

NUMBERED = "SELECT id FROM facts WHERE n = $n"

PASSAGES = """
SELECT facts.n, string_agg(told.words, ' ') AS words, concat_ws(' ', any_value(facts.place), any_value(facts.admin1),
       array_to_string(any_value(facts.actors), ' ')) AS names
FROM facts JOIN (SELECT id, unnest(mentions) AS mention FROM incidents) AS members USING (id)
JOIN (
  SELECT mentions.id AS mention,
         concat_ws(' ', substr(text, clause.start + 1, clause."end" - clause.start), place.evidence.quote) AS words
  FROM mentions JOIN reports ON reports.id = mentions.report
) AS told USING (mention) GROUP BY facts.n ORDER BY facts.n
"""
"""The words by which an incident is found: the passages that tell of it, and the names of places and actors."""

TEXTS = "SELECT row_number() OVER (ORDER BY id) AS n, id, title, text FROM reports ORDER BY id"

CASES = "SELECT id, status, type, form, country, admin1, earliest FROM ({}) ORDER BY id"
"""What totals tell incidents apart by; takes the question for the incidents, as `STATED` does."""

STATED = """
WITH chosen AS MATERIALIZED (SELECT id, mentions, groups FROM ({})),
numbered AS (SELECT id, unnest(groups) AS origin, generate_subscripts(groups, 1) AS number FROM chosen),
origins AS (SELECT id, number, unnest(origin.reports) AS report FROM numbered),
members AS (SELECT id, unnest(mentions) AS mention FROM chosen),
told AS (
  SELECT id AS mention, report, status, list_transform(figures, lambda f: struct_pack(
    counts := f.counts, low := f.low, high := f.high, named := f.named, bound := f.bound, scope := f.scope,
    basis := f.basis, quote := CASE WHEN f.named IS NULL AND f.low IS DISTINCT FROM f.high THEN f.evidence.quote END
  )) AS figures FROM mentions
)
SELECT members.id, number, report, status, figures
FROM members JOIN told USING (mention) JOIN origins USING (id, report) ORDER BY members.id, number, report, mention
"""
"""What each mention of an incident says: the place of its independent source, its status and its figures."""

CHOSEN = f"SELECT incidents.* FROM incidents JOIN (SELECT id FROM facts WHERE {PASSING}) USING (id)"  # noqa: S608

INCIDENT = "SELECT * FROM incidents WHERE id = $id"

INCIDENTS_OF_REPORT = f"SELECT * FROM incidents WHERE list_contains(reports, $id) {_IN_TIME}"  # noqa: S608

MENTIONS = f"SELECT * FROM mentions WHERE id IN (SELECT unnest($ids)) {_IN_TEXT}"  # noqa: S608

MENTIONS_OF_REPORT = f"SELECT * FROM mentions WHERE report = $id {_IN_TEXT}"  # noqa: S608

CODED = f"SELECT * FROM coded WHERE id IN (SELECT unnest($ids)) {_IN_TEXT}"  # noqa: S608

CODED_OF_REPORTS = f"SELECT * FROM coded WHERE report IN (SELECT unnest($ids)) {_IN_TEXT}"  # noqa: S608

REPORTS = "SELECT * FROM reports WHERE id IN (SELECT unnest($ids))"

LINKS = """
SELECT * FROM links WHERE "left" IN (SELECT unnest($ids)) AND "right" IN (SELECT unnest($ids))
ORDER BY "left", "right"
"""

COPIES = """
SELECT * FROM copies WHERE "left" IN (SELECT unnest($ids)) AND "right" IN (SELECT unnest($ids))
ORDER BY "left", "right"
"""

COPIES_OF_REPORT = """
SELECT * FROM copies WHERE "left" = $id OR "right" = $id ORDER BY words DESC, "left", "right"
"""

RELATIONS_OF = """
SELECT * FROM relations WHERE incident = $id OR "of" = $id ORDER BY kind DESC, judged DESC, score DESC, incident, "of"
"""

PARTS = """
SELECT incident, "of" FROM relations WHERE kind = 'part_of' ORDER BY judged DESC, score DESC, incident, "of"
"""

ISSUES = "SELECT * FROM issues ORDER BY source, stage, kind, message LIMIT $limit OFFSET $offset"

ISSUES_OF_REPORT = "SELECT * FROM issues WHERE report = $id ORDER BY source, stage, kind, message"

ISSUE_KINDS = "SELECT stage, kind, count(*) FROM issues GROUP BY ALL ORDER BY count(*) DESC, stage, kind"

SOURCES = "SELECT source FROM readings WHERE report = $id ORDER BY run, outcome = 'duplicate', source"

PUBLISHERS = "SELECT id, publisher FROM reports"

PERIOD = "SELECT min(earliest), max(coalesce(latest, earliest)) FROM incidents"

COUNTS = """
SELECT (SELECT count(*) FROM readings),
       (SELECT count(*) FROM readings WHERE outcome = 'duplicate'),
       (SELECT count(*) FROM reports),
       (SELECT count(*) FROM mentions),
       (SELECT count(*) FROM links),
       (SELECT count(*) FROM incidents),
       (SELECT count(*) FROM incidents WHERE single_source),
       (SELECT count(*) FROM incidents WHERE contested),
       (SELECT count(*) FROM issues),
       (SELECT count(*) FROM reports WHERE published.day IS NULL),
       (SELECT count(*) FROM reports WHERE publisher IS NULL)
"""

EVERY_REPORT = "SELECT * FROM all_reports ORDER BY id"

EVERY_MENTION = "SELECT * FROM all_mentions ORDER BY report"

DANGLING = """
WITH named AS (
  SELECT 'links' AS noun, "left" AS mention FROM links
  UNION SELECT 'links', "right" FROM links
  UNION SELECT 'incidents', unnest(mentions) FROM incidents
)
SELECT noun, mention FROM named WHERE mention NOT IN (SELECT id FROM mentions)
UNION SELECT 'relations', incident FROM relations WHERE incident NOT IN (SELECT id FROM incidents)
UNION SELECT 'relations', "of" FROM relations WHERE "of" NOT IN (SELECT id FROM incidents)
UNION SELECT 'mentions', report FROM all_mentions WHERE report NOT IN (SELECT id FROM all_reports)
ORDER BY ALL
"""
