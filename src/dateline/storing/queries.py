"""The text of every question that `Database` asks. Values are bound, never pasted in."""

from __future__ import annotations

COLUMNS = """
SELECT type, form, status, country, admin1, place, precision, CAST(single_source AS VARCHAR) AS single_source,
       CAST(contested AS VARCHAR) AS contested, CAST(least(independent, 5) AS VARCHAR) AS sources,
       actors AS actor, publishers AS publisher, disputed, earliest, latest, independent, contested AS is_contested,
       lon, lat, radius_km, coalesce(form = 'wave', false) AS wave, spot
FROM facts ORDER BY n
"""
"""What `columns.Columns` is made of."""

JUDGED = "SELECT n FROM judged"

_IN_TIME = "ORDER BY earliest NULLS LAST, latest NULLS LAST, id"
_IN_TEXT = 'ORDER BY report, "trigger".start, id'

ALL_INCIDENTS = f"SELECT * FROM incidents {_IN_TIME} LIMIT $limit OFFSET $offset"  # noqa: S608

FACTS = """
SELECT n, id, type, form, status, earliest, latest, granularity, place, country, admin1, precision, figures, reports,
       independent, single_source, contested, disputed, publishers, words
FROM facts WHERE n IN (SELECT unnest(CAST($ns AS INTEGER[]))) ORDER BY n
"""

INCIDENTS = """
SELECT incidents.* FROM incidents
JOIN (SELECT id, n FROM facts WHERE n IN (SELECT unnest(CAST($ns AS INTEGER[])))) AS found USING (id) ORDER BY n
"""

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

CHOSEN = """
SELECT incidents.* FROM incidents
JOIN (SELECT id FROM facts WHERE n IN (SELECT unnest(CAST($ns AS INTEGER[])))) USING (id)
"""

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
