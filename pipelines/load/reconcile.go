package load

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// loadsPerQuery bounds the length of a reconciliation query.
const loadsPerQuery = 1000

// fileSums are what the raw table holds of one file: rows, and the wrapping
// sums of row_no and its square, so that a lost row and a doubled one do not cancel out.
type fileSums struct{ count, sum, squares uint64 }

// fileKey is a file of a load, in the raw table of one record.
type fileKey struct {
	loadID uint64
	record string
	fileNo uint32
}

// reconcile waits for the loader and holds what the raw tables have of each
// delivery against what it promised. The faults are by load id.
func (d *Decider) reconcile(ctx context.Context, closed []schemas.Closed) (map[uint64]error, error) {
	stall := d.Stall
	if stall == 0 {
		stall = DefaultStall
	}
	patience := d.Patience
	if patience == 0 {
		patience = warehouse.DefaultPatience
	}
	stalled := d.Loader.drain(ctx, stall, patience)
	if stalled != nil && !errors.Is(stalled, ErrStalled) {
		return nil, stalled
	}
	faults, err := d.compare(ctx, closed)
	if err != nil {
		return nil, errors.Join(err, stalled)
	}
	for id := range faults {
		if stalled != nil {
			faults[id] = fmt.Errorf("%w: %w", faults[id], stalled)
		}
	}
	if stalled != nil && len(faults) == 0 {
		return nil, stalled
	}
	return faults, nil
}

// compare looks twice at what does not add up at first: the second time each identity counts once.
func (d *Decider) compare(ctx context.Context, closed []schemas.Closed) (map[uint64]error, error) {
	faults, err := d.compareOnce(ctx, closed, "")
	if err != nil || len(faults) == 0 {
		return faults, err
	}
	again := slices.DeleteFunc(slices.Clone(closed), func(c schemas.Closed) bool { return faults[c.LoadID] == nil })
	return d.compareOnce(ctx, again, "FINAL")
}

func (d *Decider) compareOnce(ctx context.Context, closed []schemas.Closed, final string) (map[uint64]error, error) {
	loads := make(map[string][]uint64)    // by record
	controls := make(map[string][]string) // fields that control totals add up, by record
	for _, c := range closed {
		if c.Reason != "" {
			continue
		}
		for _, r := range c.Records {
			loads[r.Record] = append(loads[r.Record], c.LoadID)
		}
		for _, f := range c.Files {
			if f.ControlField != "" && !slices.Contains(controls[f.Record], f.ControlField) {
				controls[f.Record] = append(controls[f.Record], f.ControlField)
			}
		}
	}
	found := make(map[fileKey]fileSums)
	added := make(map[controlKey]string)
	for _, record := range slices.Sorted(maps.Keys(loads)) {
		for ids := range slices.Chunk(loads[record], loadsPerQuery) {
			if err := d.sums(ctx, record, ids, final, found); err != nil {
				return nil, err
			}
			for _, field := range controls[record] {
				if err := d.addUp(ctx, record, field, ids, final, added); err != nil {
					return nil, err
				}
			}
		}
	}
	return compareWith(closed, found, added), nil
}

// controlKey is a field of a file that its control total adds up.
type controlKey struct {
	fileKey
	field string
}

// addUp adds the sums of an integer field that raw.<record> holds of the loads, in digits.
func (d *Decider) addUp(ctx context.Context, record, field string, ids []uint64, final string, added map[controlKey]string) error {
	if r := schemas.RecordOf(record); r == nil || !slices.ContainsFunc(r.Fields, func(f schemas.Field) bool { return f.Name == field }) {
		return fmt.Errorf("a delivery names the unknown field %q of %s in a control total", field, record)
	}
	rows, err := d.Warehouse.Query(ctx, fmt.Sprintf("SELECT load_id, file_no, toString(sum(toInt128(ifNull(`%s`, 0)))) FROM raw.%s %s "+
		"WHERE load_id IN (?) GROUP BY load_id, file_no", field, record, final), ids)
	if err != nil {
		return fmt.Errorf("adding up %s of raw.%s: %w", field, record, err)
	}
	defer rows.Close()
	for rows.Next() {
		key := controlKey{fileKey: fileKey{record: record}, field: field}
		var sum string
		if err := rows.Scan(&key.loadID, &key.fileNo, &sum); err != nil {
			return fmt.Errorf("adding up %s of raw.%s: %w", field, record, err)
		}
		added[key] = sum
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("adding up %s of raw.%s: %w", field, record, err)
	}
	return nil
}

// sums adds what raw.<record> holds of the loads to found.
func (d *Decider) sums(ctx context.Context, record string, ids []uint64, final string, found map[fileKey]fileSums) error {
	if schemas.RecordOf(record) == nil {
		return fmt.Errorf("a delivery without a reason to refuse it names the unknown record %q", record)
	}
	rows, err := d.Warehouse.Query(ctx, fmt.Sprintf("SELECT load_id, file_no, count(), sum(row_no), sum(row_no * row_no) FROM raw.%s %s "+
		"WHERE load_id IN (?) GROUP BY load_id, file_no", record, final), ids)
	if err != nil {
		return fmt.Errorf("counting rows of raw.%s: %w", record, err)
	}
	defer rows.Close()
	for rows.Next() {
		key := fileKey{record: record}
		var s fileSums
		if err := rows.Scan(&key.loadID, &key.fileNo, &s.count, &s.sum, &s.squares); err != nil {
			return fmt.Errorf("counting rows of raw.%s: %w", record, err)
		}
		found[key] = s
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("counting rows of raw.%s: %w", record, err)
	}
	return nil
}

// compareWith gives the first fault of each delivery. It empties found of what is as promised.
func compareWith(closed []schemas.Closed, found map[fileKey]fileSums, added map[controlKey]string) map[uint64]error {
	faults := make(map[uint64]error)
	byLoad := make(map[uint64]schemas.Closed)
	for _, c := range closed {
		byLoad[c.LoadID] = c
		for _, f := range c.Files {
			key := fileKey{c.LoadID, f.Record, uint32(f.FileNo)}
			want, got := fileSums{f.RowsAccepted, f.RowSum, f.RowSquares}, found[key]
			delete(found, key)
			if c.Reason == "" && got != want && faults[c.LoadID] == nil {
				faults[c.LoadID] = mismatch(c, f.Record, f.Name, want, got)
			}
			if sum, there := added[controlKey{key, f.ControlField}]; c.Reason == "" && faults[c.LoadID] == nil && there && sum != f.ControlAccepted {
				faults[c.LoadID] = fmt.Errorf("delivery %s of %s cannot be decided: table raw.%s holds another control total of %s in file %s than was read; "+
					"run again to read the delivery again", c.DeliveryID, c.Supplier, f.Record, f.ControlField, f.Name)
			}
		}
	}
	for key, got := range found {
		if faults[key.loadID] == nil {
			faults[key.loadID] = mismatch(byLoad[key.loadID], key.record, "none that the manifest names", fileSums{}, got)
		}
	}
	return faults
}

func mismatch(c schemas.Closed, record, file string, want, got fileSums) error {
	how := "other rows than were sent"
	if want.count != got.count {
		how = fmt.Sprintf("%d rows instead of %d", got.count, want.count)
	}
	return fmt.Errorf("delivery %s of %s cannot be decided: table raw.%s holds %s of file %s; "+
		"run again to read the delivery again, and look at ops.unreadable_message and the log if it stays", c.DeliveryID, c.Supplier, record, how, file)
}
