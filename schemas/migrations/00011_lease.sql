-- +goose Up
CREATE TABLE IF NOT EXISTS ops.lease
(
    name LowCardinality(String) COMMENT 'What is held: run is the warehouse as runs change it.',
    holder UUID COMMENT 'Who holds it, or asked for it.',
    who String COMMENT 'The command and the machine, for people.',
    since DateTime64(3, 'UTC') COMMENT 'When it was asked for, by the clock of the server.',
    expires_at DateTime64(3, 'UTC') COMMENT 'Until when it is held unless it is renewed; past for one that was given back.',
    written_at DateTime64(6, 'UTC') DEFAULT now64(6)
)
ENGINE = ReplacingMergeTree(written_at)
ORDER BY (name, holder)
TTL toDateTime(expires_at) + INTERVAL 1 DAY
COMMENT 'Who may change the warehouse now; the newest row of a holder counts.';

-- +goose Down
DROP TABLE IF EXISTS ops.lease;
