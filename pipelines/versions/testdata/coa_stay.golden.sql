SELECT count() FROM raw.coa_stay
WHERE load_id IN (SELECT load_id FROM work.b7_scope WHERE record = 'coa_stay');

CREATE TABLE work.b7_coa_stay_record_key (value UInt64) ENGINE = MergeTree ORDER BY tuple();

INSERT INTO work.b7_coa_stay_record_key
SELECT record_key FROM raw.coa_stay
WHERE load_id IN (SELECT load_id FROM work.b7_scope WHERE record = 'coa_stay') AND record_key % 3 = 1
GROUP BY record_key HAVING count() > 1;

CREATE TABLE work.b7_coa_stay_versions
(
    pseudonym_v Nullable(FixedString(16)), pseudonym_b Nullable(FixedString(16)),
    rank UInt32, file_no UInt32, row_no UInt64, period UInt64, `start` Int32, `n` String
)
ENGINE = MergeTree ORDER BY tuple();

INSERT INTO work.b7_coa_stay_versions
WITH
    contested AS
    (
        SELECT * FROM raw.coa_stay
        WHERE load_id IN (SELECT load_id FROM work.b7_scope WHERE record = 'coa_stay') AND record_key % 2 = 0 AND (record_key IN (SELECT value FROM work.b7_coa_stay_record_key))
    ),
    newest AS
    (
        SELECT pseudonym_v, pseudonym_b, rank, file_no, row_no, 0 AS period, ifNull(toInt32(`start`), 0) AS `work_start`, `n` AS `work_n`, operation
        FROM contested AS r ANY LEFT JOIN work.b7_load AS l USING load_id
        ORDER BY rank DESC, file_no DESC, row_no DESC LIMIT 1 BY record_id
    )
SELECT * EXCEPT operation FROM newest WHERE operation != 'V';

SELECT pseudonym_v, pseudonym_b, ifNull(toInt32(`start`), 0) AS `work_start`, `n` AS `work_n`
FROM raw.coa_stay
WHERE load_id IN (SELECT load_id FROM work.b7_scope WHERE record = 'coa_stay') AND operation != 'V' AND NOT (record_key IN (SELECT value FROM work.b7_coa_stay_record_key));

SELECT pseudonym_v, pseudonym_b, `start` AS `work_start`, `n` AS `work_n`
FROM work.b7_coa_stay_versions;

CREATE TABLE work.b7_load (load_id UInt64, rank UInt32) ENGINE = MergeTree ORDER BY load_id;

CREATE TABLE work.b7_scope (record LowCardinality(String), load_id UInt64, municipality Int16) ENGINE = MergeTree ORDER BY record
