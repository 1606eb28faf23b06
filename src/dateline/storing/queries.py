"""The text of every question that `Database` asks. Values are bound, never pasted in."""

from __future__ import annotations

INCIDENTS = """
SELECT * FROM matching($type, $form, $status, $country, $admin1, $place, $since, $until, $contested, $single_source,
                       $publisher, $words)
ORDER BY earliest NULLS LAST, latest NULLS LAST, id LIMIT $limit OFFSET $offset
"""

COUNT_INCIDENTS = """
SELECT count(*) FROM matching($type, $form, $status, $country, $admin1, $place, $since, $until, $contested,
                              $single_source, $publisher, $words)
"""

INCIDENT = "SELECT * FROM incidents WHERE id = $id"

INCIDENTS_OF_REPORT = "SELECT * FROM incidents WHERE list_contains(reports, $id)"

MENTIONS = "SELECT * FROM mentions WHERE id IN (SELECT unnest($ids))"

MENTIONS_OF_REPORT = "SELECT * FROM mentions WHERE report = $id"

CODED = "SELECT * FROM coded WHERE id IN (SELECT unnest($ids)) ORDER BY report, trigger.start, id"

CODED_OF_REPORTS = "SELECT * FROM coded WHERE report IN (SELECT unnest($ids)) ORDER BY report, trigger.start, id"

REPORTS = "SELECT * FROM reports WHERE id IN (SELECT unnest($ids))"

LINKS = """
SELECT * FROM links WHERE "left" IN (SELECT unnest($ids)) AND "right" IN (SELECT unnest($ids))
"""

COPIES = """
SELECT * FROM copies WHERE "left" IN (SELECT unnest($ids)) AND "right" IN (SELECT unnest($ids))
"""

COPIES_OF_REPORT = """
SELECT * FROM copies WHERE "left" = $id OR "right" = $id ORDER BY words DESC, "left", "right"
"""

ISSUES = "SELECT * FROM issues LIMIT $limit OFFSET $offset"

ISSUES_OF_REPORT = "SELECT * FROM issues WHERE report = $id"

ISSUE_KINDS = "SELECT stage, kind, count(*) FROM issues GROUP BY ALL ORDER BY count(*) DESC, stage, kind"

SOURCES = "SELECT source FROM readings WHERE report = $id ORDER BY run, outcome = 'duplicate', source"

PUBLISHERS = "SELECT id, publisher FROM reports"

PERIOD = "SELECT min(earliest), max(coalesce(latest, earliest)) FROM incidents"

VALUES = """
SELECT value, count(*) FROM (
  SELECT CASE $column
    WHEN 'type' THEN type
    WHEN 'form' THEN form
    WHEN 'status' THEN status
    WHEN 'country' THEN country
    WHEN 'admin1' THEN admin1
    WHEN 'place' THEN place
  END AS value FROM incidents
) WHERE value IS NOT NULL GROUP BY ALL ORDER BY count(*) DESC, value
"""

COUNTS = """
SELECT (SELECT count(*) FROM readings),
       (SELECT count(*) FROM readings WHERE outcome = 'duplicate'),
       (SELECT count(*) FROM reports),
       (SELECT count(*) FROM mentions),
       (SELECT count(*) FROM links),
       (SELECT count(*) FROM incidents),
       (SELECT count(*) FROM incidents WHERE single_source),
       (SELECT count(*) FROM incidents WHERE contested),
       (SELECT count(*) FROM issues)
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
UNION SELECT 'mentions', report FROM all_mentions WHERE report NOT IN (SELECT id FROM all_reports)
ORDER BY ALL
"""
