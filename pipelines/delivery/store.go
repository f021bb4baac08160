package delivery

import (
	"context"
	"fmt"
	"strings"
	"time"

	"doorstroom/schemas"
)

// store writes the decisions: what the loads are first, the decisions last, so
// that a delivery is never accepted without what readers look up about it.
// Writing the same again changes nothing.
func (d *Decider) store(ctx context.Context, verdicts []Verdict) error {
	if len(verdicts) == 0 {
		return nil
	}
	now := time.Now().UTC()
	// A run that broke off before its decisions may have left another load at one of the manifests: this one takes its place,
	// also when the clock went back since.
	var last time.Time
	if err := d.Warehouse.QueryRow(ctx, "SELECT max(written_at) FROM ops.load").Scan(&last); err != nil {
		return fmt.Errorf("asking when loads were last written: %w", err)
	}
	stamp := last.Add(time.Microsecond)
	if now.After(stamp) {
		stamp = now
	}
	for _, write := range []struct {
		table   string
		columns []string
		rows    func(Verdict) [][]any
	}{
		{"ops.load", loadColumns, func(v Verdict) [][]any { return loadRow(v, stamp) }},
		{"ops.delivery_record", recordColumns, recordRows},
		{"ops.delivery_file", fileColumns, fileRows},
		{"ops.delivery", deliveryColumns, func(v Verdict) [][]any { return deliveryRow(v, now) }},
	} {
		into := write.table + " (" + strings.Join(write.columns, ", ") + ")"
		if err := d.insert(ctx, into, verdicts, write.rows); err != nil {
			return fmt.Errorf("writing decisions to %s: %w", write.table, err)
		}
	}
	return nil
}

func (d *Decider) insert(ctx context.Context, into string, verdicts []Verdict, rows func(Verdict) [][]any) error {
	batch, err := d.Warehouse.PrepareBatch(ctx, "INSERT INTO "+into)
	if err != nil {
		return err
	}
	defer batch.Abort()
	for _, v := range verdicts {
		for _, row := range rows(v) {
			if err := batch.Append(row...); err != nil {
				return err
			}
		}
	}
	return batch.Send()
}

var loadColumns = []string{
	"load_id", "supplier", "delivery_id", "manifest_sha256", "drawn_on", "covers_from", "covers_to", "mode",
	"municipality_codes", "reading_version", "detail", "written_at",
}

func loadRow(v Verdict, stamp time.Time) [][]any {
	return [][]any{{v.LoadID, v.Supplier, v.DeliveryID, v.ManifestSHA256, day(v.DrawnOn), day(v.CoversFrom), day(v.CoversTo), optional(v.Mode),
		names(v.MunicipalityCodes), schemas.ReadingVersion, v.Detail, stamp}}
}

var recordColumns = []string{
	"load_id", "supplier", "delivery_id", "manifest_sha256", "drawn_on", "covers_from", "covers_to", "mode",
	"municipality_codes", "record", "rows_in_files", "rows_accepted", "rows_quarantined", "filled",
}

func recordRows(v Verdict) (rows [][]any) {
	for _, r := range v.Records {
		rows = append(rows, []any{v.LoadID, v.Supplier, v.DeliveryID, v.ManifestSHA256, day(v.DrawnOn), day(v.CoversFrom), day(v.CoversTo),
			optional(v.Mode), names(v.MunicipalityCodes), r.Record, r.RowsInFiles, r.RowsAccepted, r.RowsQuarantined, filled(r)})
	}
	return rows
}

var fileColumns = []string{
	"load_id", "file_no", "record", "name", "sha256", "bytes", "rows_in_file", "rows_accepted", "rows_quarantined",
	"row_sum", "row_squares", "unknown_columns", "digest", "unknown_names", "unfilled_columns",
}

func fileRows(v Verdict) (rows [][]any) {
	for _, f := range v.Files {
		rows = append(rows, []any{v.LoadID, uint32(f.FileNo), f.Record, f.Name, f.SHA256, uint64(f.Bytes), f.RowsInFile, f.RowsAccepted,
			f.RowsQuarantined, f.RowSum, f.RowSquares, uint32(f.UnknownColumns), number(f.Digest), names(f.UnknownNames), names(f.UnfilledColumns)})
	}
	return rows
}

var deliveryColumns = []string{
	"supplier", "delivery_id", "manifest_sha256", "drawn_on", "mode", "status", "reason", "rows_in_files",
	"rows_accepted", "rows_quarantined", "decided_at", "synthetic",
}

func deliveryRow(v Verdict, now time.Time) [][]any {
	return [][]any{{v.Supplier, v.DeliveryID, v.ManifestSHA256, day(v.DrawnOn), optional(v.Mode), v.Status, string(v.Reason),
		v.RowsInFiles, v.RowsAccepted, v.RowsQuarantined, now, v.Synthetic}}
}

// names gives an empty list in place of nil.
func names(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

func filled(r schemas.RecordTotals) map[string]uint64 {
	if r.Filled == nil {
		return map[string]uint64{}
	}
	return r.Filled
}

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// The days that ClickHouse's Date32 holds; a date outside is stored as the nearest.
var (
	firstDay = time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)
	lastDay  = time.Date(2299, 12, 31, 0, 0, 0, 0, time.UTC)
)

// day reads yyyy-mm-dd; nil for none.
func day(s string) *time.Time {
	t, err := time.Parse(time.DateOnly, s)
	switch {
	case err != nil:
		return nil
	case t.Before(firstDay):
		t = firstDay
	case t.After(lastDay):
		t = lastDay
	}
	return &t
}
