-- What incidents are filtered, counted and drawn by: one narrow row each, held in memory. `n` is its place in the list.

CREATE TABLE facts AS
WITH members AS (
  SELECT incidents.id AS incident, unnest(mentions) AS mention FROM incidents
), tellers AS (
  SELECT incidents.id AS incident, unnest(reports) AS report FROM incidents
), told AS (
  SELECT incident, list_sort(list_distinct(list(publisher))) AS publishers
  FROM tellers JOIN (SELECT id AS report, publisher FROM reports) USING (report)
  WHERE publisher IS NOT NULL GROUP BY incident
), parties AS (
  SELECT incident, coalesce(actor.name, nullif(concat_ws(' ', nullif(actor.sector, 'UNK'), actor.country), '')) AS name
  FROM members JOIN (SELECT id AS mention, unnest(actors) AS actor FROM mentions) USING (mention)
), acting AS (
  SELECT incident, list_sort(list_distinct(list(name))) AS actors FROM parties WHERE name IS NOT NULL GROUP BY incident
), named AS (
  SELECT incident, arg_min(words, mention) AS words
  FROM members JOIN (SELECT id AS mention, "trigger".quote AS words FROM mentions) USING (mention) GROUP BY incident
)
SELECT CAST(row_number() OVER (ORDER BY earliest NULLS LAST, latest NULLS LAST, id) - 1 AS INTEGER) AS n,
       id, type, form, status, earliest, latest, granularity, place, country, admin1, lat, lon, radius_km, precision,
       figures, len(reports) AS reports, independent, single_source, contested, disputed,
       coalesce(told.publishers, []) AS publishers, coalesce(acting.actors, []) AS actors, named.words,
       CASE WHEN lat IS NULL OR lon IS NULL THEN -1 ELSE
         dense_rank() OVER (ORDER BY country, place, lat, lon, precision, radius_km, coalesce(form = 'wave', false)) - 1
       END AS spot
FROM incidents
LEFT JOIN told ON told.incident = id LEFT JOIN acting ON acting.incident = id LEFT JOIN named ON named.incident = id
ORDER BY n;

CREATE TABLE judged AS
SELECT n FROM facts JOIN incidents USING (id) WHERE list_has_any(mentions, (SELECT list(id) FROM all_reviewed));

-- What review is ordered by: one narrow row a mention of an incident. The parts are summed up in `queries.PRESSING`.
CREATE TABLE doubts AS
SELECT facts.n, mentions.id AS mention, review, confidence, contested, single_source,
       mentions.place.name IS NULL AS placeless, "when".earliest IS NULL AS timeless,
       CAST(coalesce(mentions.place.basis IN ('inferred', 'unknown'), false) AS INTEGER)
       + CAST(coalesce("when".basis IN ('inferred', 'unknown'), false) AS INTEGER) AS guesses,
       list_transform(mentions.figures, lambda f: struct_pack(
         counts := f.counts, size := coalesce(nullif(f.high, 0), f.low, 0))) AS sizes
FROM facts JOIN (SELECT id, unnest(mentions) AS mention FROM incidents) AS members USING (id)
JOIN mentions ON mentions.id = members.mention
