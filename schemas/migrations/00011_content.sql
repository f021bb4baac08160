-- +goose Up
CREATE TABLE IF NOT EXISTS raw.digest_key
(
    k0 UInt64,
    k1 UInt64,
    made_at DateTime64(6, 'UTC') DEFAULT now64(6)
)
ENGINE = MergeTree
ORDER BY made_at
COMMENT 'The secret under which the content of rows is digested: the oldest row. Nobody who can write to Kafka may read it.';

ALTER TABLE ops.delivery_file
    ADD COLUMN IF NOT EXISTS digest Nullable(UInt128) COMMENT 'Wrapping sum of the keyed digests of its accepted rows, made when it was read; NULL when it was read before there were any.',
    ADD COLUMN IF NOT EXISTS unknown_names Array(String) COMMENT 'Columns or keys that the contract does not know, the first of them, escaped.',
    ADD COLUMN IF NOT EXISTS unfilled_columns Array(String) COMMENT 'Optional columns that no row of it fills.';

ALTER TABLE ops.delivery_record
    ADD COLUMN IF NOT EXISTS filled Map(String, UInt64) COMMENT 'Accepted rows that fill each optional field and each pseudonym; empty when it was read before they were counted.';

ALTER TABLE ops.delivery
    ADD COLUMN IF NOT EXISTS synthetic Bool COMMENT 'The manifest calls its persons made up.';

ALTER TABLE ops.edition
    ADD COLUMN IF NOT EXISTS synthetic Bool COMMENT 'Made-up persons count in it.';

ALTER TABLE ops.erased_row
    ADD COLUMN IF NOT EXISTS digest Nullable(UInt128) COMMENT 'Keyed digest of the row, so that those of its file still add up; no value can be read from it.';

-- +goose Down
ALTER TABLE ops.erased_row DROP COLUMN IF EXISTS digest;
ALTER TABLE ops.edition DROP COLUMN IF EXISTS synthetic;
ALTER TABLE ops.delivery DROP COLUMN IF EXISTS synthetic;
ALTER TABLE ops.delivery_record DROP COLUMN IF EXISTS filled;
ALTER TABLE ops.delivery_file DROP COLUMN IF EXISTS digest, DROP COLUMN IF EXISTS unknown_names, DROP COLUMN IF EXISTS unfilled_columns;
DROP TABLE IF EXISTS raw.digest_key;
