package retain

import (
	"context"
	"fmt"
	"strings"
	"time"

	"doorstroom/pipelines/edition"
	"doorstroom/schemas"
)

// decidedLoads are the loads that decisions were made about.
const decidedLoads = "ops.load AS l FINAL INNER JOIN ops.delivery AS d FINAL USING (supplier, delivery_id, manifest_sha256)"

// madeOf are the loads that editions which stand were made of, withdrawn since or not: their rows stay, so that it can be
// told where the numbers came from.
const madeOf = "SELECT load_id FROM ops.edition_input"

// attempt is a load with what is known of it.
type attempt struct {
	load uint64
	name string
}

// refused finds rows of deliveries that were refused for a reason that only another manifest can mend.
func (j *Job) refused(ctx context.Context, before time.Time) ([]step, error) {
	return j.decided(ctx, "d.status = 'refused' AND d.reason NOT IN ('implausible_shrink', 'implausible_empty', 'withdrawn')", before)
}

// held finds rows of deliveries that could have been released, and were not.
func (j *Job) held(ctx context.Context, before time.Time) ([]step, error) {
	return j.decided(ctx, "d.status = 'refused' AND d.reason IN ('implausible_shrink', 'implausible_empty', 'withdrawn')", before)
}

func (j *Job) decided(ctx context.Context, condition string, before time.Time) ([]step, error) {
	attempts, err := j.attempts(ctx, "SELECT l.load_id, concat(l.supplier, '/', l.delivery_id) FROM "+decidedLoads+" WHERE "+condition+
		" AND d.decided_at < ? AND l.load_id NOT IN ("+madeOf+") ORDER BY 2, 1", before)
	if err != nil {
		return nil, err
	}
	return j.rowsOf(ctx, attempts)
}

// undecided finds rows of attempts that no run decided: it was broken off, and
// the delivery never came again. What is seen for the first time is only noted.
func (j *Job) undecided(ctx context.Context, before time.Time) (steps []step, err error) {
	var tables []string
	for _, r := range schemas.Records {
		tables = append(tables, "SELECT DISTINCT load_id FROM raw."+r.Name+" WHERE load_id NOT IN (SELECT l.load_id FROM "+decidedLoads+") AND load_id NOT IN ("+madeOf+")")
	}
	lost := "SELECT DISTINCT load_id FROM (" + strings.Join(tables, " UNION ALL ") + ")"
	seen := "SELECT load_id FROM ops.retention WHERE layer = 'undecided' AND unit = '" + Seen + "'"
	fresh, err := j.attempts(ctx, "SELECT load_id, concat('load ', toString(load_id)) FROM ("+lost+") WHERE load_id NOT IN ("+seen+") ORDER BY 1")
	if err != nil {
		return nil, err
	}
	for _, a := range fresh {
		steps = append(steps, step{Removal: Removal{What: a.name, Load: a.load, Unit: Seen}})
	}
	old, err := j.attempts(ctx, "SELECT load_id, concat('load ', toString(load_id)) FROM ("+lost+") WHERE load_id IN ("+seen+" AND at < ?) ORDER BY 1", before)
	if err != nil {
		return nil, err
	}
	rows, err := j.rowsOf(ctx, old)
	return append(steps, rows...), err
}

// replaced finds rows that no edition looks at whose cut-off is on or after the day.
func (j *Job) replaced(ctx context.Context, before time.Time) (steps []step, err error) {
	list, err := edition.ReplacedBefore(ctx, j.Warehouse, schemas.DateFromTime(before))
	if err != nil {
		return nil, err
	}
	for _, r := range list {
		where := fmt.Sprintf("load_id = %d", r.Load.ID)
		if len(r.Keep) > 0 {
			keep := make([]string, len(r.Keep))
			for i, code := range r.Keep {
				keep[i] = fmt.Sprint(int16(code))
			}
			where += " AND CAST(municipality_code, 'Int16') NOT IN (" + strings.Join(keep, ", ") + ")"
		}
		if steps, err = j.addRows(ctx, steps, attempt{r.Load.ID, r.Load.Supplier + "/" + r.Load.DeliveryID}, r.Record, where); err != nil {
			return nil, err
		}
	}
	return steps, nil
}

func (j *Job) attempts(ctx context.Context, query string, args ...any) (list []attempt, err error) {
	rows, err := j.Warehouse.Query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var a attempt
		if err := rows.Scan(&a.load, &a.name); err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	return list, rows.Err()
}

// rowsOf finds the rows of some loads, record by record.
func (j *Job) rowsOf(ctx context.Context, attempts []attempt) (steps []step, err error) {
	for _, a := range attempts {
		for _, r := range schemas.Records {
			if steps, err = j.addRows(ctx, steps, a, r.Name, fmt.Sprintf("load_id = %d", a.load)); err != nil {
				return nil, err
			}
		}
	}
	return steps, nil
}

// addRows adds the removal of the rows of a raw table that a condition selects, if there are any.
func (j *Job) addRows(ctx context.Context, steps []step, a attempt, record, where string) ([]step, error) {
	var n uint64
	if err := j.Warehouse.QueryRow(ctx, "SELECT count() FROM raw."+record+" WHERE "+where).Scan(&n); err != nil {
		return nil, err
	}
	if n == 0 {
		return steps, nil
	}
	return append(steps, step{
		Removal: Removal{What: a.name, Load: a.load, Record: record, Amount: n, Unit: "rows"},
		remove: func(ctx context.Context) error {
			return j.Warehouse.Exec(ctx, "ALTER TABLE raw."+record+" DELETE WHERE "+where+" SETTINGS mutations_sync = 2")
		},
	}), nil
}
