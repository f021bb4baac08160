INSERT INTO work.b7_effective
WITH effective AS
(
    SELECT 1
)
SELECT l.person, 'uwv_employment', work_id, work_digest, work_whose
FROM (SELECT if(isNotNull(pseudonym_v), xxHash64(assumeNotNull(pseudonym_v)), bitNot(xxHash64(assumeNotNull(pseudonym_b)))) AS key, * FROM effective) AS r INNER JOIN work.b7_link AS l USING key
