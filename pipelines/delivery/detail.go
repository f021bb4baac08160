package delivery

import (
	"context"
	"fmt"
	"strings"

	"doorstroom/pipelines/warehouse"
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
func DetailQuery() string { return sqlFiles.Render("detail.sql", rowsOfAll(inForce)) }

// inForce is the condition that a load is one of those that a query calls in_force.
const inForce = "load_id IN (SELECT load_id FROM in_force)"

// ErasedPlaces selects load_id, file_no, row_no and digest of the rows of a record that were erased. One that stands in raw
// again, of a delivery that was read again, is not an erased row.
func ErasedPlaces(record string) string {
	return sqlFiles.Render("erased_places.sql", rowsOf{Record: record})
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
