INSERT INTO facts_store.first_link (build, edition, person_id, record, first_linked_on, delivered_since)
WITH
    -- Pairs of pseudonyms as they were delivered, each with its first day.
    pairs AS
    (
        SELECT pseudonym_v, pseudonym_b, min((day, since)) AS first
        FROM
        (
            SELECT pseudonym_v, pseudonym_b, load_id{{if .Record.Municipal}}, CAST(municipality_code, 'Int16') AS municipality{{end}}
            FROM raw.{{.Record.Name}} WHERE isNotNull(pseudonym_v) AND isNotNull(pseudonym_b) AND operation != 'V'
        ) AS delivered
        INNER JOIN (SELECT load_id, municipality, day, since FROM {{.Tables}}delivered WHERE record = '{{.Record.Name}}') AS loads
            USING (load_id{{if .Record.Municipal}}, municipality{{end}})
        GROUP BY pseudonym_v, pseudonym_b
    ),
    keyed AS (SELECT {{template "key_of_v" .}} AS v_key, {{template "key_of_b" .}} AS b_key, first FROM pairs),
    -- 0 is left for a pseudonym that is in no effective record.
    numbers AS (SELECT key, person + 1 AS n FROM {{.Tables}}link),
    -- The persons that the two pseudonyms belong to.
    links AS
    (
        SELECT arrayJoin(if(v.n = b.n, [(v.n, true)], [(v.n, false), (b.n, false)])) AS end, toUInt32(end.1 - 1) AS person, end.2 AS within, first
        FROM keyed AS k
        ANY LEFT JOIN numbers AS v ON k.v_key = v.key
        ANY LEFT JOIN numbers AS b ON k.b_key = b.key
    )
SELECT {{.Build}}, toDate('{{.CutOff}}'), p.person_id, '{{.Record.Name}}', toDate32(min(first).1 - 25568), toDate32(min(first).2 - 25568)
FROM links AS l INNER JOIN {{.Tables}}person AS p USING person
WHERE l.within OR p.linkage != {{.Linked}}
GROUP BY p.person_id
