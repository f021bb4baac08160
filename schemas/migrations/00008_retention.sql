-- +goose Up
CREATE TABLE IF NOT EXISTS ops.retention
(
    at DateTime64(3, 'UTC') COMMENT 'When it was removed; noted just before, so that nothing goes unseen.',
    layer LowCardinality(String) COMMENT 'messages, refused, held, undecided, replaced, builds, copies or ledger; see doorstroom retain.',
    what String COMMENT 'Which delivery, topic, build or table; never a person.',
    load_id UInt64 COMMENT 'The load whose rows went, 0 for other layers.',
    record LowCardinality(String) COMMENT 'The record whose rows went, empty for other layers.',
    amount UInt64,
    unit LowCardinality(String) COMMENT 'rows, messages or files; seen for what is noted the first time and goes later.',
    days UInt32 COMMENT 'The period that was over.',
    before DateTime64(3, 'UTC') COMMENT 'What is older than this went. The latest of layer replaced is the first day of editions that can be built.'
)
ENGINE = MergeTree
ORDER BY (layer, what, at)
COMMENT 'What was removed because its retention period was over.';

-- +goose Down
DROP TABLE IF EXISTS ops.retention;
