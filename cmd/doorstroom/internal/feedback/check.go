// Package feedback is what suppliers get to read: what a check of their deliveries found, and replies to what was put aside.
// It holds no values, no pseudonyms and no record numbers.
package feedback

import (
	"cmp"
	"slices"
	"sync"

	"doorstroom/cmd/doorstroom/internal/wording"
	"doorstroom/schemas"
)

// asideLimit bounds the memory of a check: some 100 MB.
const asideLimit = 1_000_000

// Aside gathers what a check would put aside.
type Aside struct {
	mu      sync.Mutex
	entries []schemas.Quarantined
	more    uint64
}

// Add takes one; it may be called from several goroutines.
func (a *Aside) Add(q schemas.Quarantined) {
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
	Accepted = "accepted"
	Refused  = "refused"
)

// Checked is the verdict on one delivery.
type Checked struct {
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
	Ignored []Ignored `json:"ignored"`

	files []schemas.FileTotals
}

// Ignored is what of a file was passed over.
type Ignored struct {
	Record          string   `json:"record"`
	File            string   `json:"file"`
	UnknownColumns  int      `json:"unknown_columns"`
	UnknownNames    []string `json:"unknown_names"`
	UnfilledColumns []string `json:"unfilled_columns"`
}

// Entry is one broken field; never the value.
type Entry struct {
	Supplier   string       `json:"supplier"`
	DeliveryID string       `json:"delivery_id"`
	Record     string       `json:"record"`
	File       string       `json:"file"`
	Row        int64        `json:"row"`
	Column     string       `json:"column"`
	Rule       schemas.Rule `json:"rule"`
	Expected   string       `json:"expected"`
}

// Check is what a check prints.
type Check struct {
	Deliveries []Checked `json:"deliveries"`
	Quarantine []Entry   `json:"quarantine"`
	NotListed  uint64    `json:"quarantine_not_listed"`
}

// NewCheck puts what was found in the order of the deliveries.
func NewCheck(closed []schemas.Closed, found *Aside) *Check {
	r := &Check{Deliveries: []Checked{}, Quarantine: make([]Entry, 0, len(found.entries)), NotListed: found.more}
	rank := map[uint64]int{}
	for i, c := range closed {
		rank[c.LoadID] = i
		d := Checked{Supplier: c.Supplier, DeliveryID: c.DeliveryID, Verdict: Accepted, Reason: c.Reason, Detail: c.Detail, Advice: wording.Reasons[c.Reason], Records: c.Records,
			Ignored: []Ignored{}, files: c.Files}
		for _, f := range c.Files {
			if f.UnknownColumns > 0 || len(f.UnfilledColumns) > 0 {
				d.Ignored = append(d.Ignored, Ignored{f.Record, f.Name, f.UnknownColumns, f.UnknownNames, f.UnfilledColumns})
			}
		}
		if c.Reason != "" {
			d.Verdict = Refused
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
	expects := wording.Expectations{}
	for _, q := range found.entries {
		c := closed[rank[q.LoadID]]
		r.Quarantine = append(r.Quarantine, Entry{c.Supplier, c.DeliveryID, q.Record, q.File, q.Row, wording.Column(q.Record, q.Field), q.Rule, expects.Of(q.Record, q.Field, q.Rule)})
	}
	return r
}
