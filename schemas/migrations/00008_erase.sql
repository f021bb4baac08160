-- +goose Up
CREATE TABLE IF NOT EXISTS ops.erasure
(
    id UUID,
    at DateTime64(3, 'UTC') COMMENT 'When it was begun.',
    who String,
    why String COMMENT 'On what ground; never a person.',
    status LowCardinality(String) COMMENT 'begun, or done: searched after it, and nothing found.',
    links LowCardinality(String) COMMENT 'Which links were followed: all, newest or given.',
    given UInt32 COMMENT 'Pseudonyms that were asked for.',
    pseudonyms UInt32 COMMENT 'Pseudonyms that were erased, linked ones too.',
    left_out UInt32 COMMENT 'Pseudonyms that older links join to these and that were not erased.',
    raw_rows UInt64 COMMENT 'Rows of the raw tables.',
    fact_rows UInt64 COMMENT 'Rows of facts, of all editions.',
    messages UInt64 COMMENT 'Messages of Kafka, of everybody: those of one person cannot go alone.',
    files UInt32 COMMENT 'Copies of delivered files.',
    editions Array(Date) COMMENT 'Editions that it changed.',
    written_at DateTime64(6, 'UTC') DEFAULT now64(6)
)
ENGINE = ReplacingMergeTree(written_at)
ORDER BY (at, id)
COMMENT 'Persons who were erased: who did it, when, why and how much it was, never whom. One row per erasure, read with FINAL.';

CREATE TABLE IF NOT EXISTS ops.erased_row
(
    erasure UUID,
    record LowCardinality(String),
    load_id UInt64,
    file_no UInt32,
    row_no UInt64
)
ENGINE = ReplacingMergeTree
ORDER BY (record, load_id, file_no, row_no)
COMMENT 'Where rows of the raw tables stood that were erased: places only, as the gaps in the row numbers tell them too. Read with FINAL; accepted rows are those in raw and these.';

-- +goose Down
DROP TABLE IF EXISTS ops.erased_row;
DROP TABLE IF EXISTS ops.erasure;
