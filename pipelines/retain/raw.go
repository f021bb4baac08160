package retain

import (
	"context"
	"fmt"
	"strings"
	"time"

	"doorstroom/pipelines/edition"
	"doorstroom/schemas"
)

// loaded is a delivery as it was loaded, with what it is called.
type loaded struct {
	id   uint64
	name string
}

// refused finds rows of deliveries that were refused for a reason that only another manifest can put right.
func (j *Job) refused(ctx context.Context, before time.Time) ([]step, error) {
	return j.rowsOfRefused(ctx, false, before)
}

// releasable finds rows of deliveries that could have been released, and were not.
func (j *Job) releasable(ctx context.Context, before time.Time) ([]step, error) {
	return j.rowsOfRefused(ctx, true, before)
}

func (j *Job) rowsOfRefused(ctx context.Context, releasable bool, before time.Time) ([]step, error) {
	loads, err := j.loads(ctx, sqlFiles.Render("refused_loads.sql", map[string]bool{"Releasable": releasable}), before)
	if err != nil {
		return nil, err
	}
	return j.rowsOf(ctx, loads)
}

// undecided finds rows of loads that no run decided: it was broken off, and
// the delivery never came again. What is seen for the first time is only noted.
func (j *Job) undecided(ctx context.Context, before time.Time) (steps []step, err error) {
	fresh, err := j.loads(ctx, undecidedLoads(false))
	if err != nil {
		return nil, err
	}
	for _, l := range fresh {
		steps = append(steps, step{Removal: Removal{What: l.name, Load: l.id, Unit: Seen}})
	}
	old, err := j.loads(ctx, undecidedLoads(true), before)
	if err != nil {
		return nil, err
	}
	rows, err := j.rowsOf(ctx, old)
	return append(steps, rows...), err
}

// undecidedLoads selects those that were never seen, or those that were seen before a moment.
func undecidedLoads(seenBefore bool) string {
	return sqlFiles.Render("undecided_loads.sql", struct {
		Records    []*schemas.Record
		Seen       string
		SeenBefore bool
	}{schemas.Records, Seen, seenBefore})
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
		if steps, err = j.addRows(ctx, steps, loaded{r.Load.ID, r.Load.Supplier + "/" + r.Load.DeliveryID}, r.Record, where); err != nil {
			return nil, err
		}
	}
	return steps, nil
}

func (j *Job) loads(ctx context.Context, query string, args ...any) (list []loaded, err error) {
	rows, err := j.Warehouse.Query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var l loaded
		if err := rows.Scan(&l.id, &l.name); err != nil {
			return nil, err
		}
		list = append(list, l)
	}
	return list, rows.Err()
}

// rowsOf finds the rows of some loads, record by record.
func (j *Job) rowsOf(ctx context.Context, loads []loaded) (steps []step, err error) {
	for _, l := range loads {
		for _, r := range schemas.Records {
			if steps, err = j.addRows(ctx, steps, l, r.Name, fmt.Sprintf("load_id = %d", l.id)); err != nil {
				return nil, err
			}
		}
	}
	return steps, nil
}

// addRows adds the removal of the rows of a raw table that a condition selects, if there are any.
func (j *Job) addRows(ctx context.Context, steps []step, l loaded, record, where string) ([]step, error) {
	var n uint64
	if err := j.Warehouse.QueryRow(ctx, "SELECT count() FROM raw."+record+" WHERE "+where).Scan(&n); err != nil {
		return nil, err
	}
	if n == 0 {
		return steps, nil
	}
	return append(steps, step{
		Removal: Removal{What: l.name, Load: l.id, Record: record, Amount: n, Unit: "rows"},
		remove: func(ctx context.Context) error {
			return j.Warehouse.Exec(ctx, "ALTER TABLE raw."+record+" DELETE WHERE "+where+" SETTINGS mutations_sync = 2")
		},
	}), nil
}
