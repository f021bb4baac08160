package delivery

import (
	"context"
	"fmt"

	"doorstroom/pipelines/warehouse"
)

// stillOpen holds for entries that a supplier still has to see to: a full
// delivery that was accepted later replaces all that the supplier delivered of a
// record before, and what was put aside of that with it.
const stillOpen = `(supplier, delivery_id, record) NOT IN
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
)`

// QuarantineByRuleQuery groups the broken fields that a supplier still has to
// see to: how many, and the first rows, file by file, as FILE:ROW.
const QuarantineByRuleQuery = `SELECT supplier, delivery_id, record, rule, field, count() AS entries,
    arrayStringConcat(arrayMap(p -> concat(p.1, ':', toString(p.2)), groupArraySorted(5)((file, row))), ' ') AS first_rows
FROM ops.quarantine WHERE ` + stillOpen + `
GROUP BY supplier, delivery_id, record, rule, field
ORDER BY supplier, delivery_id, entries DESC, record, rule, field`

// QuarantineEntry is one broken field of a record that was put aside.
type QuarantineEntry struct {
	Supplier, DeliveryID, Record, File string
	Row                                uint64
	Field, Rule                        string
}

// EachQuarantined hands on the broken fields that a supplier still has to see
// to, in the order of QuarantineQuery, one supplier after the other. An error of take ends it.
func EachQuarantined(ctx context.Context, db *warehouse.DB, take func(QuarantineEntry) error) error {
	rows, err := db.Query(ctx, "SELECT supplier, delivery_id, record, file, row, field, rule FROM ops.quarantine WHERE "+stillOpen+
		" ORDER BY supplier, delivery_id, record, file, row, field")
	if err != nil {
		return fmt.Errorf("reading the quarantine: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var q QuarantineEntry
		if err := rows.Scan(&q.Supplier, &q.DeliveryID, &q.Record, &q.File, &q.Row, &q.Field, &q.Rule); err != nil {
			return fmt.Errorf("reading the quarantine: %w", err)
		}
		if err := take(q); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("reading the quarantine: %w", err)
	}
	return nil
}
