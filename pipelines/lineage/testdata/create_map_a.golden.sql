CREATE TABLE work.after_map_a ENGINE = MergeTree ORDER BY person AS
WITH
    persons AS
    (
        SELECT person, if(there, toUInt32(q), toUInt32(person + 2147483648)) AS u, person_id
        FROM work.before_person AS a LEFT JOIN (SELECT p AS person, q, 1 AS there FROM work.after_same) AS s USING person
    ),
    conflicts AS
    (
        SELECT pseudonym, bitOr(sipHash64(conflict_id), toUInt64(9223372036854775808)) AS id FROM facts.link_conflict WHERE edition = toDate('2026-03-31')
    )
SELECT person, u, person_id, if(id = 0, toUInt64(u), id) AS s
FROM persons AS p LEFT JOIN conflicts AS k ON k.pseudonym = p.person_id
