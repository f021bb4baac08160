package lineage

import (
	"cmp"
	"slices"

	"doorstroom/pipelines/slice"
	"doorstroom/schemas"
)

// version is one row of a raw table: a version of a record, or its deletion.
type version struct {
	record       *schemas.Record
	at           slice.RawRow
	id           string
	municipality schemas.Code // of a municipal row
	v, b         schemas.Pseudonym
	deletes      bool
	period       string // what records that correct each other have the same
	rank         int    // of its delivery in the order of versions
}

// key tells records apart.
type key struct {
	record, id   string
	municipality schemas.Code
}

func (v *version) key() key { return key{v.record.Name, v.id, v.municipality} }

// before is the order of versions of contract section 1.
func before(a, b *version) int {
	return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.at.File, b.at.File), cmp.Compare(a.at.Row, b.at.Row))
}

// loss is a version that does not hold, and why.
type loss struct {
	*version
	why string
	by  *version // that beat it; nil when a full delivery did
}

// The reasons for which a version does not hold.
const (
	lostToFull       = "replaced by a later full delivery"
	lostToVersion    = "an older version"
	lostToDeletion   = "deleted (V)"
	lostToCorrection = "corrected: another record of the same income relation and period"
)

// resolve decides which of the versions of some records hold (DOMAIN section 2).
// It must be given every version of each record, and of records that correct
// each other every one of each period. counts tells whether a version is looked at at all.
func resolve(versions []*version, counts func(*version) bool) (holding []*version, lost []loss) {
	newest := make(map[key]*version)
	var looked []*version
	for _, v := range versions {
		if !counts(v) {
			lost = append(lost, loss{v, lostToFull, nil})
			continue
		}
		looked = append(looked, v)
		if n := newest[v.key()]; n == nil || before(n, v) < 0 {
			newest[v.key()] = v
		}
	}
	for _, v := range looked {
		switch n := newest[v.key()]; {
		case n == v:
		case n.deletes:
			lost = append(lost, loss{v, lostToDeletion, n})
		default:
			lost = append(lost, loss{v, lostToVersion, n})
		}
	}
	holding, corrected := correct(newest)
	return holding, append(lost, corrected...)
}

// correct lets the newest of several records of one period hold, and drops deletions.
func correct(newest map[key]*version) (holding []*version, lost []loss) {
	type period struct{ record, period string }
	last := make(map[period]*version)
	for _, v := range newest {
		if p := (period{v.record.Name, v.period}); v.corrects() && (last[p] == nil || before(last[p], v) < 0) {
			last[p] = v
		}
	}
	for _, v := range newest {
		switch {
		case v.deletes:
		case v.corrects() && last[period{v.record.Name, v.period}] != v:
			lost = append(lost, loss{v, lostToCorrection, last[period{v.record.Name, v.period}]})
		default:
			holding = append(holding, v)
		}
	}
	slices.SortFunc(holding, before)
	return holding, lost
}

// corrects tells whether step 4 of DOMAIN section 2 applies.
func (v *version) corrects() bool { return len(v.record.CorrectedBy) > 0 && !v.deletes }
