package connectors

import (
	"math"
	"sync/atomic"

	"doorstroom/schemas"
)

// What a delivery may make the program keep is bounded by what its manifest
// promises: a few bytes of gzip can hold millions of broken records.

const (
	// rowsBeyond is how many records a file may have above those of the manifest
	// before they are only counted: the delivery is refused for the first of them.
	rowsBeyond = 1000
	// asideAlways is how many records of a record may be put aside with their
	// entries, however few the manifest promises.
	asideAlways = 100_000
)

// allowance is how many records of one record may still be put aside with their
// entries, over all files of a delivery. More than asidePercent of those promised refuse
// it, so that no entry of a delivery that is accepted is left out.
type allowance struct{ left atomic.Int64 }

// take tells whether the entries of one record more are kept.
func (a *allowance) take() bool { return a.left.Add(-1) >= 0 }

// allowances gives each record of the delivery its own.
func (a *attempt) allowances() {
	promised := map[*schemas.Record]int64{}
	for _, f := range a.files {
		promised[f.record] += min(int64(f.Rows), math.MaxInt64-promised[f.record])
	}
	all := map[*schemas.Record]*allowance{}
	for record, rows := range promised {
		all[record] = &allowance{}
		all[record].left.Store(max(asideAlways, rows/(100/asidePercent)+1))
	}
	for _, f := range a.files {
		f.aside = all[f.record]
	}
}

// lastRow is the last record of the file that is more than counted.
func (f *file) lastRow() int64 { return min(int64(f.Rows), math.MaxInt64-rowsBeyond) + rowsBeyond }
