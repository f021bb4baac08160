CREATE TABLE work.after_map_b ENGINE = MergeTree ORDER BY person AS
WITH
    persons AS
    (
        SELECT person, person AS u, person_id FROM work.after_person
    ),
    conflicts AS
    (
        SELECT pseudonym, bitOr(sipHash64(conflict_id), toUInt64(9223372036854775808)) AS id FROM facts.link_conflict WHERE edition = toDate('2026-06-30')
    )
SELECT person, u, person_id, if(id = 0, toUInt64(u), id) AS s
FROM persons AS p LEFT JOIN conflicts AS k ON k.pseudonym = p.person_id
