CREATE OR REPLACE VIEW publication.`work_by_region`
(
    release String COMMENT 'Release, as in publication.release.',
    `month` String COMMENT 'month',
    `region` String COMMENT 'the person\'s region',
    `work` String COMMENT 'work',
    value Nullable(UInt64) COMMENT 'The figure; NULL where the status is not published.',
    denominator Nullable(UInt64) COMMENT 'The figure of everybody, whatever the outcome.',
    share Nullable(Float64) COMMENT 'value / denominator, of the published figures.',
    status String COMMENT 'published; suppressed, to protect people; not_applicable; not_yet.',
    unit String
)
AS SELECT
    release,
    place[1] AS `month`,
    place[2] AS `region`,
    place[3] AS `work`,
    value,
    denominator,
    share,
    status,
    'personen' AS unit
FROM publication_store.cell
WHERE entry = 'work_by_region' AND (release, attempt) IN (SELECT release, attempt FROM publication_store.release)
COMMENT 'Work. Who works. Figures are rounded to multiples of 10, each by itself, so that totals need not add up; what is suppressed protects people.'
