INSERT INTO work.b7_uwv_employment
WITH effective AS
(
    SELECT 1
)
SELECT person, `work_start`, `work_wage_sv`
FROM (SELECT if(isNotNull(pseudonym_v), xxHash64(assumeNotNull(pseudonym_v)), bitNot(xxHash64(assumeNotNull(pseudonym_b)))) AS key, * FROM effective) AS r INNER JOIN work.b7_link AS l USING key
SETTINGS join_algorithm = 'hash', max_insert_threads = 2, min_insert_block_size_rows = 2000000, min_insert_block_size_bytes = 300000000,
    materialize_statistics_on_insert = 0
