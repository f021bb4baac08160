package versions

import (
	"cmp"

	"doorstroom/schemas"
)

// Place is the identity of a row of a raw table.
type Place struct {
	Load uint64
	File uint32
	Row  uint64
}

// Compare orders places by load, file and row; which of two versions wins is CompareVersions'.
func (p Place) Compare(o Place) int {
	return cmp.Or(cmp.Compare(p.Load, o.Load), cmp.Compare(p.File, o.File), cmp.Compare(p.Row, o.Row))
}

// Version is one row of a raw table: a version of a record, or its deletion.
type Version struct {
	Record       *schemas.Record
	Place        Place
	ID           string       // the record_id
	Municipality schemas.Code // of a municipal row
	V, B         schemas.Pseudonym
	Deletes      bool
	Period       string // the values of CorrectedBy, of a record that has it
	Rank         int    // of its load in the order of deliveries
}

// CompareVersions is the order in which a later version of a record wins: delivery, file, row (contract section 1, Versions).
func CompareVersions(a, b *Version) int {
	return cmp.Or(cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.Place.File, b.Place.File), cmp.Compare(a.Place.Row, b.Place.Row))
}

// Key tells records apart.
type Key struct {
	Record, ID   string
	Municipality schemas.Code
}

// Key is the same of all versions of a record.
func (v *Version) Key() Key { return Key{v.Record.Name, v.ID, v.Municipality} }

// PeriodKey tells apart the periods of which one record at most is effective.
type PeriodKey struct{ Record, Period string }

// PeriodKey is the same of records that correct each other; false of a record that others do not correct, and of a deletion,
// which names no period.
func (v *Version) PeriodKey() (PeriodKey, bool) {
	return PeriodKey{v.Record.Name, v.Period}, len(v.Record.CorrectedBy) > 0 && !v.Deletes
}

// recordKey are the columns of the raw table that tell its records apart, as Version.Key does.
func recordKey(r *schemas.Record) []string {
	if r.Municipal() {
		return []string{"municipality_code", "record_id"}
	}
	return []string{"record_id"}
}
