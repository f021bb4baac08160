package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"text/tabwriter"

	"doorstroom/schemas"
)

// asideLimit bounds the memory of a check: some 100 MB.
const asideLimit = 1_000_000

// aside gathers what a check would put aside.
type aside struct {
	mu      sync.Mutex
	entries []schemas.Quarantined
	more    uint64
}

func (a *aside) add(q schemas.Quarantined) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.entries) == asideLimit {
		a.more++
		return
	}
	a.entries = append(a.entries, q)
}

// What a check says of a delivery.
const (
	wouldBeAccepted = "accepted"
	wouldBeRefused  = "refused"
)

// checkedDelivery is the verdict on one delivery.
type checkedDelivery struct {
	Supplier        string                 `json:"supplier"`
	DeliveryID      string                 `json:"delivery_id"`
	Verdict         string                 `json:"verdict"`
	Reason          schemas.Reason         `json:"reason"`
	Detail          string                 `json:"detail"`
	Advice          string                 `json:"advice"`
	RowsInFiles     uint64                 `json:"rows_in_files"`
	RowsAccepted    uint64                 `json:"rows_accepted"`
	RowsQuarantined uint64                 `json:"rows_quarantined"`
	Records         []schemas.RecordTotals `json:"records"`
	// Ignored tells per file of unknown and of unfilled columns.
	Ignored []ignoredInFile `json:"ignored"`

	files []schemas.FileTotals
}

// ignoredInFile is what of a file was passed over.
type ignoredInFile struct {
	Record          string   `json:"record"`
	File            string   `json:"file"`
	UnknownColumns  int      `json:"unknown_columns"`
	UnknownNames    []string `json:"unknown_names"`
	UnfilledColumns []string `json:"unfilled_columns"`
}

// checkedEntry is one broken field; never the value.
type checkedEntry struct {
	Supplier   string       `json:"supplier"`
	DeliveryID string       `json:"delivery_id"`
	Record     string       `json:"record"`
	File       string       `json:"file"`
	Row        int64        `json:"row"`
	Column     string       `json:"column"`
	Rule       schemas.Rule `json:"rule"`
	Expected   string       `json:"expected"`
}

// checkResult is what a check prints.
type checkResult struct {
	Deliveries []checkedDelivery `json:"deliveries"`
	Quarantine []checkedEntry    `json:"quarantine"`
	NotListed  uint64            `json:"quarantine_not_listed"`
}

// newCheckResult puts what was found in the order of the deliveries.
func newCheckResult(closed []schemas.Closed, found *aside) *checkResult {
	r := &checkResult{Deliveries: []checkedDelivery{}, Quarantine: make([]checkedEntry, 0, len(found.entries)), NotListed: found.more}
	rank := map[uint64]int{}
	for i, c := range closed {
		rank[c.LoadID] = i
		d := checkedDelivery{Supplier: c.Supplier, DeliveryID: c.DeliveryID, Verdict: wouldBeAccepted, Reason: c.Reason, Detail: c.Detail, Advice: reasonTexts[c.Reason], Records: c.Records,
			Ignored: []ignoredInFile{}, files: c.Files}
		for _, f := range c.Files {
			if f.UnknownColumns > 0 || len(f.UnfilledColumns) > 0 {
				d.Ignored = append(d.Ignored, ignoredInFile{f.Record, f.Name, f.UnknownColumns, f.UnknownNames, f.UnfilledColumns})
			}
		}
		if c.Reason != "" {
			d.Verdict = wouldBeRefused
		}
		for _, t := range c.Records {
			d.RowsInFiles += t.RowsInFiles
			d.RowsAccepted += t.RowsAccepted
			d.RowsQuarantined += t.RowsQuarantined
		}
		r.Deliveries = append(r.Deliveries, d)
	}
	slices.SortFunc(found.entries, func(a, b schemas.Quarantined) int {
		return cmp.Or(cmp.Compare(rank[a.LoadID], rank[b.LoadID]), cmp.Compare(a.Record, b.Record), cmp.Compare(a.File, b.File),
			cmp.Compare(a.Row, b.Row), cmp.Compare(a.Field, b.Field), cmp.Compare(a.Rule, b.Rule))
	})
	expects := expectations{}
	for _, q := range found.entries {
		c := closed[rank[q.LoadID]]
		r.Quarantine = append(r.Quarantine, checkedEntry{c.Supplier, c.DeliveryID, q.Record, q.File, q.Row, column(q.Record, q.Field), q.Rule, expects.of(q.Record, q.Field, q.Rule)})
	}
	return r
}

// say tells the verdicts and totals in words.
func (r *checkResult) say(w io.Writer) {
	for _, d := range r.Deliveries {
		fmt.Fprintf(w, "%s/%s: would be %s%s\n", d.Supplier, shown(d.DeliveryID), d.Verdict, d.because())
		for _, t := range d.Records {
			fmt.Fprintf(w, "  %s: %d rows, %d accepted, %d put aside\n", t.Record, t.RowsInFiles, t.RowsAccepted, t.RowsQuarantined)
		}
		for _, line := range ignored(d.files) {
			fmt.Fprintf(w, "  %s\n", shown(line))
		}
	}
	if len(r.Quarantine) > 0 {
		fmt.Fprintln(w, rowCounts)
	}
	if r.NotListed > 0 {
		fmt.Fprintf(w, "%d entries more are not listed\n", r.NotListed)
	}
}

func (d *checkedDelivery) because() string {
	if d.Reason == "" {
		return ""
	}
	return fmt.Sprintf(", %s: %s", d.Reason, shown(sentence(d.Detail, d.Advice)))
}

func (r *checkResult) json(w io.Writer) error {
	e := json.NewEncoder(raw(w))
	e.SetIndent("", "  ")
	return e.Encode(r)
}

// checkColumns head the entries; the column is the supplier's own name of the field.
var checkColumns = []string{"supplier", "delivery_id", "record", "file", "row", "column", "rule", "expected"}

func (e *checkedEntry) values() []string {
	return []string{e.Supplier, e.DeliveryID, e.Record, e.File, strconv.FormatInt(e.Row, 10), e.Column, string(e.Rule), e.Expected}
}

func (r *checkResult) csv(w io.Writer) error {
	out := newSheet(raw(w))
	_ = out.Write(checkColumns) // Error tells
	for i := range r.Quarantine {
		_ = out.Write(r.Quarantine[i].values())
	}
	out.Flush()
	return out.Error()
}

// table is for people: the entries first, what they come to at the end.
func (r *checkResult) table(w io.Writer) error {
	if len(r.Quarantine) > 0 {
		out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		fmt.Fprintln(out, strings.Join(checkColumns, "\t"))
		for i := range r.Quarantine {
			fmt.Fprintln(out, strings.Join(shownAll(r.Quarantine[i].values()), "\t"))
		}
		if err := out.Flush(); err != nil {
			return err
		}
		fmt.Fprintln(w)
	}
	r.say(w)
	return nil
}
