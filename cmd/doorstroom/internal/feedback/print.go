package feedback

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"

	"doorstroom/cmd/doorstroom/internal/terminal"
	"doorstroom/cmd/doorstroom/internal/wording"
)

// Say tells the verdicts and totals in words.
func (r *Check) Say(w io.Writer) {
	for _, d := range r.Deliveries {
		fmt.Fprintf(w, "%s/%s: would be %s%s\n", d.Supplier, terminal.Shown(d.DeliveryID), d.Verdict, d.because())
		for _, t := range d.Records {
			fmt.Fprintf(w, "  %s: %d rows, %d accepted, %d put aside\n", t.Record, t.RowsInFiles, t.RowsAccepted, t.RowsQuarantined)
		}
		for _, line := range wording.Ignored(d.files) {
			fmt.Fprintf(w, "  %s\n", terminal.Shown(line))
		}
	}
	if len(r.Quarantine) > 0 {
		fmt.Fprintln(w, wording.RowCounts)
	}
	if r.NotListed > 0 {
		fmt.Fprintf(w, "%d entries more are not listed\n", r.NotListed)
	}
}

func (d *Checked) because() string {
	if d.Reason == "" {
		return ""
	}
	return fmt.Sprintf(", %s: %s", d.Reason, terminal.Shown(wording.Sentence(d.Detail, d.Advice)))
}

// JSON writes all of it for programs.
func (r *Check) JSON(w io.Writer) error {
	e := json.NewEncoder(terminal.Raw(w))
	e.SetIndent("", "  ")
	return e.Encode(r)
}

// checkColumns head the entries; the column is the supplier's own name of the field.
var checkColumns = []string{"supplier", "delivery_id", "record", "file", "row", "column", "rule", "expected"}

func (e *Entry) values() []string {
	return []string{e.Supplier, e.DeliveryID, e.Record, e.File, strconv.FormatInt(e.Row, 10), e.Column, string(e.Rule), e.Expected}
}

// CSV writes the entries for a spreadsheet.
func (r *Check) CSV(w io.Writer) error {
	out := terminal.NewSheet(terminal.Raw(w))
	_ = out.Write(checkColumns) // Error tells
	for i := range r.Quarantine {
		_ = out.Write(r.Quarantine[i].values())
	}
	out.Flush()
	return out.Error()
}

// Table is for people: the entries first, what they come to at the end.
func (r *Check) Table(w io.Writer) error {
	if len(r.Quarantine) > 0 {
		out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		fmt.Fprintln(out, strings.Join(checkColumns, "\t"))
		for i := range r.Quarantine {
			fmt.Fprintln(out, strings.Join(terminal.ShownAll(r.Quarantine[i].values()), "\t"))
		}
		if err := out.Flush(); err != nil {
			return err
		}
		fmt.Fprintln(w)
	}
	r.Say(w)
	return nil
}
