-- +goose Up
CREATE TABLE IF NOT EXISTS ops.control_total
(
    build UInt64,
    step LowCardinality(String) COMMENT 'Between which layers, as "raw to effective"; "facts as built" notes what stood at first.',
    place LowCardinality(String) COMMENT 'The record or table.',
    measure LowCardinality(String) COMMENT 'What is added up, with its unit.',
    total_from Int128 COMMENT 'In the layer before.',
    removed Map(LowCardinality(String), Int128) COMMENT 'What each rule takes out on the way, counted by itself.',
    total_to Int128 COMMENT 'In the layer after.',
    allowance Int128 COMMENT 'How much rounding may account for.'
)
ENGINE = ReplacingMergeTree
ORDER BY (build, step, place, measure)
COMMENT 'Control totals of a build: total_from less what was removed is total_to, but for the allowance.';

CREATE OR REPLACE VIEW ops.edition_total
(
    edition Date,
    step LowCardinality(String),
    place LowCardinality(String),
    measure LowCardinality(String),
    total_from Int128,
    removed Map(LowCardinality(String), Int128),
    total_to Int128,
    allowance Int128
)
AS SELECT standing.edition AS edition, t.step AS step, t.place AS place, t.measure AS measure,
    t.total_from AS total_from, t.removed AS removed, t.total_to AS total_to, t.allowance AS allowance
FROM
(
    SELECT build, step, place, measure, total_from, removed, total_to, allowance
    FROM ops.control_total FINAL
) AS t
INNER JOIN ops.standing_build AS standing USING (build)
COMMENT 'Control totals of the editions that stand.';

-- +goose Down
DROP VIEW IF EXISTS ops.edition_total;
DROP TABLE IF EXISTS ops.control_total;
