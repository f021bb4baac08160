SELECT count() FROM raw.uwv_employment
WHERE load_id IN (SELECT load_id FROM work.b7_scope WHERE record = 'uwv_employment');

CREATE TABLE work.b7_uwv_employment_record_key (value UInt64) ENGINE = MergeTree ORDER BY tuple();

INSERT INTO work.b7_uwv_employment_record_key
SELECT record_key FROM raw.uwv_employment
WHERE load_id IN (SELECT load_id FROM work.b7_scope WHERE record = 'uwv_employment') AND record_key % 3 = 1
GROUP BY record_key HAVING count() > 1;

CREATE TABLE work.b7_uwv_employment_period_key (value UInt64) ENGINE = MergeTree ORDER BY tuple();

INSERT INTO work.b7_uwv_employment_period_key
SELECT period_key FROM raw.uwv_employment
WHERE load_id IN (SELECT load_id FROM work.b7_scope WHERE record = 'uwv_employment') AND operation != 'V' AND period_key % 3 = 1
GROUP BY period_key HAVING count() > 1;

CREATE TABLE work.b7_uwv_employment_versions
(
    pseudonym_v Nullable(FixedString(16)), pseudonym_b Nullable(FixedString(16)),
    rank UInt32, file_no UInt32, row_no UInt64, period UInt64, `start` Int32, `n` String
)
ENGINE = MergeTree ORDER BY tuple();

INSERT INTO work.b7_uwv_employment_versions
WITH
    contested AS
    (
        SELECT * FROM raw.uwv_employment
        WHERE load_id IN (SELECT load_id FROM work.b7_scope WHERE record = 'uwv_employment') AND record_key % 2 = 0 AND (record_key IN (SELECT value FROM work.b7_uwv_employment_record_key) OR period_key IN (SELECT value FROM work.b7_uwv_employment_period_key))
    ),
    newest AS
    (
        SELECT pseudonym_v, pseudonym_b, rank, file_no, row_no, period_key AS period, ifNull(toInt32(`start`), 0) AS `work_start`, `n` AS `work_n`, operation
        FROM contested AS r ANY LEFT JOIN work.b7_load AS l USING load_id
        ORDER BY rank DESC, file_no DESC, row_no DESC LIMIT 1 BY record_id
    )
SELECT * EXCEPT operation FROM newest WHERE operation != 'V';

CREATE TABLE work.b7_uwv_employment_periods AS work.b7_uwv_employment_versions;

INSERT INTO work.b7_uwv_employment_periods
SELECT * FROM work.b7_uwv_employment_versions
WHERE period % 2 = 1
ORDER BY rank DESC, file_no DESC, row_no DESC LIMIT 1 BY ikv_id, period_start;

SELECT pseudonym_v, pseudonym_b, ifNull(toInt32(`start`), 0) AS `work_start`, `n` AS `work_n`
FROM raw.uwv_employment
WHERE load_id IN (SELECT load_id FROM work.b7_scope WHERE record = 'uwv_employment') AND operation != 'V' AND NOT (record_key IN (SELECT value FROM work.b7_uwv_employment_record_key) OR period_key IN (SELECT value FROM work.b7_uwv_employment_period_key));

SELECT pseudonym_v, pseudonym_b, `start` AS `work_start`, `n` AS `work_n`
FROM work.b7_uwv_employment_periods;

CREATE TABLE work.b7_load (load_id UInt64, rank UInt32) ENGINE = MergeTree ORDER BY load_id;

CREATE TABLE work.b7_scope (record LowCardinality(String), load_id UInt64, municipality Int16) ENGINE = MergeTree ORDER BY record
