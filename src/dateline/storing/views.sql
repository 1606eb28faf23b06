-- What is current. `all_*` hold every row that a manifest names; nothing in them is ever taken away.
-- An input read again (by another coder, or a newer version) is what its newest reading says.
-- A report is current while the newest reading of some input gives it; its mentions are those of its newest coding.

CREATE VIEW readings AS
SELECT all_readings.* FROM all_readings
JOIN (SELECT input, max(run) AS run FROM all_readings GROUP BY input) AS newest USING (input, run)
ORDER BY source, input;

CREATE TABLE current_codings AS
SELECT report, max(run) FILTER (outcome = 'read') AS run
FROM (SELECT *, run = max(run) OVER (PARTITION BY input) AS is_newest FROM all_readings)
WHERE report IS NOT NULL
GROUP BY report
HAVING bool_or(is_newest) AND bool_or(outcome = 'read');

CREATE VIEW reports AS
SELECT * FROM all_reports WHERE id IN (SELECT report FROM current_codings) ORDER BY id;

-- What the machine told, and the same as people left it: theirs in place of its own, without those that they rejected.
CREATE VIEW coded AS
SELECT all_mentions.* FROM all_mentions
JOIN current_codings ON all_mentions.report = current_codings.report AND all_mentions.run = current_codings.run;

CREATE VIEW mentions_unsorted AS
SELECT * FROM coded ANTI JOIN all_reviewed USING (id)
UNION ALL BY NAME
SELECT all_reviewed.*, coded.run FROM all_reviewed JOIN coded ON all_reviewed.id = coded.id
WHERE all_reviewed.review <> 'rejected';

CREATE VIEW mentions AS SELECT * FROM mentions_unsorted ORDER BY report, trigger.start, id;

CREATE VIEW reviewed AS SELECT * FROM all_reviewed ORDER BY report, trigger.start, id;

CREATE VIEW issues AS
SELECT all_issues.* FROM all_issues
JOIN readings ON all_issues.input = readings.input AND all_issues.run = readings.run
ORDER BY all_issues.source, stage, kind, message;

CREATE VIEW links AS SELECT * FROM all_links ORDER BY "left", "right";

CREATE VIEW relations AS SELECT * FROM all_relations ORDER BY kind, incident, "of";

CREATE VIEW copies AS SELECT * FROM all_copies ORDER BY "left", "right";

CREATE VIEW incidents AS SELECT * FROM all_incidents ORDER BY earliest NULLS LAST, latest NULLS LAST, id
