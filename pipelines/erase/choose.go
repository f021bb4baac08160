package erase

import "doorstroom/pipelines/versions"

// choose gives the rows that go: those that name an erased pseudonym, and every
// other version of the records that are theirs by their newest version, so that
// nothing that was corrected away from somebody, or deleted, comes back. Of
// records that correct each other the same goes for the newest of a period.
func choose(rows []row, erased ids) (gone []row) {
	w := newestOf(rows)
	for i := range rows {
		if r := &rows[i]; r.names(erased) || w.whose(r).names(erased) {
			gone = append(gone, *r)
		}
	}
	return gone
}

// newest are the newest rows that delete nothing, which tell whose a record is: a deletion names nobody.
type newest struct {
	ofRecord map[versions.Key]*row
	ofPeriod map[versions.PeriodKey]*row
}

func newestOf(rows []row) newest {
	n := newest{make(map[versions.Key]*row), make(map[versions.PeriodKey]*row)}
	for i := range rows {
		r := &rows[i]
		if r.Deletes {
			continue
		}
		keepNewest(n.ofRecord, r.Key(), r)
		if period, corrects := r.PeriodKey(); corrects {
			keepNewest(n.ofPeriod, period, r)
		}
	}
	return n
}

func keepNewest[K comparable](of map[K]*row, key K, r *row) {
	if old := of[key]; old == nil || versions.CompareVersions(&old.Version, &r.Version) < 0 {
		of[key] = r
	}
}

// whose gives the row that tells whose the record of r is; nil when only deletions of it came.
func (n newest) whose(r *row) *row {
	of := n.ofRecord[r.Key()]
	if of == nil {
		return nil
	}
	if period, corrects := of.PeriodKey(); corrects {
		return n.ofPeriod[period]
	}
	return of
}
