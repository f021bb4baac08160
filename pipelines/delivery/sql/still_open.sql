{{- /* Holds for entries that a supplier still has to see to: a full delivery that was accepted later replaces all that the
supplier delivered of a record before, and what was put aside of that with it. */ -}}
{{define "still_open" -}}
(supplier, delivery_id, record) NOT IN
(
    SELECT earlier.supplier, earlier.delivery_id, earlier.record
    FROM
    (
        SELECT supplier, delivery_id, toString(record) AS record, max(drawn_on) AS drawn_on, max(municipality_codes) AS codes
        FROM ops.delivery_record FINAL GROUP BY supplier, delivery_id, record
    ) AS earlier
    INNER JOIN
    (
        SELECT r.supplier AS supplier, toString(r.record) AS record, r.drawn_on AS drawn_on, r.delivery_id AS delivery_id, r.municipality_codes AS codes
        FROM ops.delivery_record AS r FINAL INNER JOIN ops.delivery AS d FINAL USING (supplier, delivery_id, manifest_sha256)
        WHERE d.status = 'accepted' AND r.load_id IN (SELECT load_id FROM ops.load FINAL) AND r.mode = 'full'
    ) AS later USING (supplier, record)
    WHERE (later.drawn_on, later.delivery_id) > (earlier.drawn_on, earlier.delivery_id) AND hasAll(later.codes, earlier.codes)
)
{{- end}}
