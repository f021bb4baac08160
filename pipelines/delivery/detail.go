package delivery

import (
	"context"
	"fmt"
	"strings"

	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// shownDifferences bounds how many places an error names.
const shownDifferences = 5

// DetailQuery holds the accepted deliveries against the raw tables, at three
// levels: the delivery, each of its records, each file. rows_in_files =
// rows_accepted + rows_quarantined, rows_in_raw + rows_erased = rows_accepted
// (erased with their person, see ops.erased_row), and of a file the sums of row
// numbers and of their squares too, so that a lost row and a doubled one do not
// cancel out, and the digest of their content. difference is empty when all adds
// up. Of a file it also tells what was ignored: columns that the contract does
// not know, and optional ones that no row fills. Deliveries of which rows went
// because a newer one replaced them (ops.retention) are left out.
func DetailQuery() string {
	return `WITH standing AS
(
    SELECT l.load_id AS load_id, l.supplier AS supplier, l.delivery_id AS delivery_id, l.drawn_on AS drawn_on,
        d.rows_in_files AS rows_in_files, d.rows_accepted AS rows_accepted, d.rows_quarantined AS rows_quarantined
    FROM ops.load AS l FINAL INNER JOIN ops.delivery AS d FINAL USING (supplier, delivery_id, manifest_sha256)
    WHERE d.status = 'accepted' AND l.load_id NOT IN (SELECT load_id FROM ops.retention WHERE layer = 'replaced')
)
SELECT s.supplier AS supplier, s.delivery_id AS delivery_id, t.level AS level, t.record AS record, t.file AS file,
    t.rows_in_files AS rows_in_files, t.rows_accepted AS rows_accepted, t.rows_quarantined AS rows_quarantined, t.rows_in_raw - t.rows_gone AS rows_in_raw,
    t.rows_gone AS rows_erased,
    multiIf(t.listed = 0, 'rows in raw that belong to no file of the manifest',
        t.rows_in_files != t.rows_accepted + t.rows_quarantined, 'rows in files are not those accepted and quarantined together',
        t.rows_in_raw != t.rows_accepted, 'rows in raw are not as many as were accepted',
        t.level = 'file' AND (t.sum_in_raw, t.squares_in_raw) != (t.row_sum, t.row_squares), 'other rows in raw than were accepted',
        t.two > 0, 'rows in raw that are there twice with different content',
        t.level = 'file' AND t.digested AND t.content_in_raw != t.content, 'other values in raw than were accepted',
        t.rows_put_aside != t.rows_quarantined, 'rows with quarantine entries are not as many as were put aside', '') AS difference,
    t.unknown AS unknown_columns, t.unfilled AS unfilled_columns
FROM
(
    SELECT load_id, level, record, file_no, max(name) AS file, sum(listed_here) AS listed,
        sum(in_files) AS rows_in_files, sum(accepted) AS rows_accepted, sum(quarantined) AS rows_quarantined,
        sum(wanted_sum) AS row_sum, sum(wanted_squares) AS row_squares,
        sum(raw_rows) AS rows_in_raw, sum(raw_sum) AS sum_in_raw, sum(raw_squares) AS squares_in_raw, sum(aside_rows) AS rows_put_aside, sum(gone) AS rows_gone,
        sum(wanted_content) AS content, max(has_digest) AS digested, sum(raw_content) AS content_in_raw, sum(two_rows) AS two,
        max(unknown_here) AS unknown, max(unfilled_here) AS unfilled
    FROM
    (
        ` + strings.Join(detailParts(), "\n        UNION ALL\n        ") + `
    )
    GROUP BY load_id, level, record, file_no
) AS t INNER JOIN standing AS s USING (load_id)
ORDER BY supplier, s.drawn_on, delivery_id, indexOf(['delivery', 'record', 'file'], level), record, file`
}

// detailParts are what is promised at each level, and what is there, counted at all three.
func detailParts() []string {
	const nothing = "0 AS raw_rows, 0 AS raw_sum, 0 AS raw_squares, toUInt128(0) AS raw_content, toUInt64(0) AS two_rows, 0 AS aside_rows, 0 AS gone"
	const promised = "toUInt128(0) AS wanted_content, false AS has_digest, '' AS unknown_here, '' AS unfilled_here"
	const notPromised = "'' AS name, 0 AS listed_here, 0 AS in_files, 0 AS accepted, 0 AS quarantined, 0 AS wanted_sum, 0 AS wanted_squares, " + promised
	const standing = "load_id IN (SELECT load_id FROM standing)"
	const levels = "ARRAY JOIN [('delivery', '', 0), ('record', rec, 0), ('file', rec, file_no)] AS place"
	parts := []string{
		"SELECT load_id, 'delivery' AS level, '' AS record, 0 AS file_no, '' AS name, 1 AS listed_here, rows_in_files AS in_files, rows_accepted AS accepted, " +
			"rows_quarantined AS quarantined, 0 AS wanted_sum, 0 AS wanted_squares, " + promised + ", " + nothing + " FROM standing",
		"SELECT load_id, 'record', toString(record), 0, '', 1, rows_in_files, rows_accepted, rows_quarantined, 0, 0, " + promised + ", " + nothing +
			" FROM ops.delivery_record FINAL WHERE " + standing,
		"SELECT load_id, 'file', toString(record), file_no, name, 1, rows_in_file, rows_accepted, rows_quarantined, row_sum, row_squares, " +
			"ifNull(digest, toUInt128(0)), isNotNull(digest), arrayStringConcat(unknown_names, ', '), arrayStringConcat(unfilled_columns, ', '), " + nothing +
			" FROM ops.delivery_file FINAL WHERE " + standing,
		"SELECT load_id, place.1, place.2, place.3, " + notPromised + `, 0, 0, 0, toUInt128(0), toUInt64(0), n, 0
        FROM (SELECT e.load_id AS load_id, toString(e.record) AS rec, f.file_no AS file_no, uniqExact(e.row) AS n
            FROM ops.quarantine_entry AS e
            INNER JOIN (SELECT load_id, name AS file, file_no FROM ops.delivery_file FINAL) AS f USING (load_id, file)
            WHERE e.` + standing + ` GROUP BY load_id, rec, file_no) ` + levels,
	}
	for _, r := range schemas.Records {
		const counted = "SELECT load_id, place.1, place.2, place.3, " + notPromised + ", n, s, q, d, two, 0, %s\n        FROM (SELECT *, '%s' AS rec FROM (%s)) " + levels
		parts = append(parts, fmt.Sprintf(counted, "0", r.Name, eachRowOnce(r.Name, standing)),
			fmt.Sprintf(counted, "n", r.Name, erasedRows(r.Name, standing)))
	}
	return parts
}

// erasedRows selects of the rows of a record that were erased what rowsAsTheyLie does of those that are there.
func erasedRows(record, where string) string {
	return fmt.Sprintf("SELECT load_id, file_no, count() AS n, sum(row_no) AS s, sum(row_no * row_no) AS q, sum(ifNull(digest, toUInt128(0))) AS d, toUInt64(0) AS two\n"+
		"FROM (%s) WHERE %s GROUP BY load_id, file_no", ErasedPlaces(record), where)
}

// ErasedPlaces selects load_id, file_no, row_no and digest of the rows of a record that were erased. One that stands in raw
// again, of a delivery that was read again, is no erased row.
func ErasedPlaces(record string) string {
	const places = "(load_id, file_no, row_no)"
	erased := "FROM ops.erased_row WHERE record = '" + record + "'"
	return fmt.Sprintf("SELECT load_id, file_no, row_no, max(digest) AS digest FROM (SELECT load_id, file_no, row_no, digest %s) WHERE %s NOT IN "+
		"(SELECT load_id, file_no, row_no FROM raw.%s WHERE %s IN (SELECT load_id, file_no, row_no %s)) GROUP BY load_id, file_no, row_no",
		erased, places, record, places, erased)
}

// Differences fails when an accepted delivery does not add up, and names the places.
func Differences(ctx context.Context, db *warehouse.DB) error {
	rows, err := db.Query(ctx, "SELECT supplier, delivery_id, record, file, difference FROM ("+DetailQuery()+") WHERE difference != ''")
	if err != nil {
		return fmt.Errorf("holding the deliveries against the raw tables: %w", err)
	}
	defer rows.Close()
	var places []string
	n := 0
	for rows.Next() {
		var supplier, id, record, file, difference string
		if err := rows.Scan(&supplier, &id, &record, &file, &difference); err != nil {
			return fmt.Errorf("holding the deliveries against the raw tables: %w", err)
		}
		if n++; n <= shownDifferences {
			place := strings.Join(strings.Fields(supplier+"/"+id+" "+record+" "+file), " ")
			places = append(places, place+": "+difference)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("holding the deliveries against the raw tables: %w", err)
	}
	if n == 0 {
		return nil
	}
	return fmt.Errorf("%d places do not add up; withdraw the delivery and ask for it again, or restore the warehouse: %s", n, strings.Join(places, "; "))
}
