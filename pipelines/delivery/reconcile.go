package delivery

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"

	"doorstroom/pipelines/kafka"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// loadsPerQuery bounds the length of a reconciliation query.
const loadsPerQuery = 1000

// fileSums are what the raw table holds of one file: rows, the wrapping sums of row_no and its square, so that a lost row
// and a doubled one do not cancel out, and that of the digests of their content. two are places of different rows.
type fileSums struct {
	count, sum, squares uint64
	content             schemas.Digest
	two                 uint64
}

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
	stalled := d.Loader.Drain(ctx, stall, patience)
	if stalled != nil && !errors.Is(stalled, kafka.ErrStalled) {
		return nil, stalled
	}
	faults, err := d.compare(ctx, closed)
	if err != nil {
		return nil, errors.Join(err, stalled)
	}
	if stalled == nil {
		return faults, d.clear(ctx, faults)
	}
	for id := range faults {
		faults[id] = fmt.Errorf("%w: %w", faults[id], stalled)
	}
	if len(faults) == 0 {
		return nil, stalled
	}
	return faults, nil
}

// clear removes the rows of loads that cannot be decided although all that was sent is there: whatever is wrong with them,
// the next reading begins from nothing. A row that somebody put in the place of another would else stay for ever.
func (d *Decider) clear(ctx context.Context, faults map[uint64]error) error {
	for id := range faults {
		for _, r := range schemas.Records {
			var n uint64
			if err := d.Warehouse.QueryRow(ctx, "SELECT count() FROM raw."+r.Name+" WHERE load_id = ?", id).Scan(&n); err != nil {
				return fmt.Errorf("clearing what cannot be decided from raw.%s: %w", r.Name, err)
			}
			if n == 0 {
				continue
			}
			if err := d.Warehouse.Exec(ctx, fmt.Sprintf("ALTER TABLE raw.%s DELETE WHERE load_id = %d SETTINGS mutations_sync = 2", r.Name, id)); err != nil {
				return fmt.Errorf("clearing what cannot be decided from raw.%s: %w", r.Name, err)
			}
		}
	}
	return nil
}

// compare looks twice at what does not add up at first: the second time each place counts once.
func (d *Decider) compare(ctx context.Context, closed []schemas.Closed) (map[uint64]error, error) {
	faults, err := d.compareOnce(ctx, closed, rowsAsTheyLie, false)
	if err != nil || len(faults) == 0 {
		return faults, err
	}
	again := slices.DeleteFunc(slices.Clone(closed), func(c schemas.Closed) bool { return faults[c.LoadID] == nil })
	return d.compareOnce(ctx, again, eachRowOnce, true)
}

// compareOnce looks in every raw table, those of records too that a manifest does not name: nobody but somebody who should
// not have put a row there.
func (d *Decider) compareOnce(ctx context.Context, closed []schemas.Closed, rows func(record, where string) string, once bool) (map[uint64]error, error) {
	var loads []uint64
	controls := make(map[string][]string) // fields that control totals add up, by record
	for _, c := range closed {
		if c.Reason != "" {
			continue
		}
		loads = append(loads, c.LoadID)
		for _, r := range c.Records {
			if schemas.RecordOf(r.Record) == nil {
				return nil, fmt.Errorf("a delivery without a reason to refuse it names the unknown record %q", r.Record)
			}
		}
		for _, f := range c.Files {
			if f.ControlField != "" && !slices.Contains(controls[f.Record], f.ControlField) {
				controls[f.Record] = append(controls[f.Record], f.ControlField)
			}
		}
	}
	found := make(map[fileKey]fileSums)
	added := make(map[controlKey]string)
	for _, r := range schemas.Records {
		for ids := range slices.Chunk(loads, loadsPerQuery) {
			if err := d.sums(ctx, r.Name, rows(r.Name, "load_id IN (?)"), ids, found); err != nil {
				return nil, err
			}
			for _, field := range controls[r.Name] {
				if err := d.addUp(ctx, r.Name, field, ids, once, added); err != nil {
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
func (d *Decider) addUp(ctx context.Context, record, field string, ids []uint64, once bool, added map[controlKey]string) error {
	if r := schemas.RecordOf(record); r == nil || !slices.ContainsFunc(r.Fields, func(f schemas.Field) bool { return f.Name == field }) {
		return fmt.Errorf("a delivery names the unknown field %q of %s in a control total", field, record)
	}
	rows, err := d.Warehouse.Query(ctx, sqlFiles.Render("control_sums.sql", map[string]any{"Field": field, "Record": record, "Final": once}), ids)
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
func (d *Decider) sums(ctx context.Context, record, query string, ids []uint64, found map[fileKey]fileSums) error {
	rows, err := d.Warehouse.Query(ctx, query, ids)
	if err != nil {
		return fmt.Errorf("adding up the rows of raw.%s: %w", record, err)
	}
	defer rows.Close()
	for rows.Next() {
		key := fileKey{record: record}
		var s fileSums
		var content big.Int
		if err := rows.Scan(&key.loadID, &key.fileNo, &s.count, &s.sum, &s.squares, &content, &s.two); err != nil {
			return fmt.Errorf("adding up the rows of raw.%s: %w", record, err)
		}
		s.content = digest(&content)
		found[key] = s
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("adding up the rows of raw.%s: %w", record, err)
	}
	return nil
}

func digest(n *big.Int) (d schemas.Digest) {
	d.Lo = new(big.Int).And(n, new(big.Int).SetUint64(1<<64-1)).Uint64()
	d.Hi = new(big.Int).Rsh(n, 64).Uint64()
	return d
}

func number(d schemas.Digest) *big.Int {
	n := new(big.Int).Lsh(new(big.Int).SetUint64(d.Hi), 64)
	return n.Or(n, new(big.Int).SetUint64(d.Lo))
}

// compareWith gives the first fault of each delivery. It empties found of what is as promised.
func compareWith(closed []schemas.Closed, found map[fileKey]fileSums, added map[controlKey]string) map[uint64]error {
	faults := make(map[uint64]error)
	byLoad := make(map[uint64]schemas.Closed)
	for _, c := range closed {
		byLoad[c.LoadID] = c
		for _, f := range c.Files {
			key := fileKey{c.LoadID, f.Record, uint32(f.FileNo)}
			want, got := fileSums{count: f.RowsAccepted, sum: f.RowSum, squares: f.RowSquares, content: f.Digest}, found[key]
			delete(found, key)
			if c.Reason != "" || faults[c.LoadID] != nil {
				continue
			}
			if got != want {
				faults[c.LoadID] = mismatch(c, f.Record, f.Name, want, got)
			} else if sum, there := added[controlKey{key, f.ControlField}]; there && sum != f.ControlAccepted {
				faults[c.LoadID] = undecided(c, f.Record, "another control total of "+f.ControlField+" than was read", f.Name)
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
	switch {
	case want.count != got.count:
		how = fmt.Sprintf("%d rows instead of %d", got.count, want.count)
	case got.two > 0:
		how = fmt.Sprintf("%d rows twice, with different content,", got.two)
	case want.sum == got.sum && want.squares == got.squares:
		how = "other values than were read"
	}
	return undecided(c, record, how, file)
}

// undecided is why a delivery waits, and what becomes of it.
func undecided(c schemas.Closed, record, how, file string) error {
	return fmt.Errorf("delivery %s of %s cannot be decided: table raw.%s holds %s of file %s. It counts nowhere, and the next 'doorstroom run' reads it again. "+
		"If that ends the same way, messages are lost or changed on their way through Kafka: look at ops.unreadable_message and the log, "+
		"and see who can write to the topics doorstroom.*", c.DeliveryID, c.Supplier, record, how, file)
}
