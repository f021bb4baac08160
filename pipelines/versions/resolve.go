package versions

import "slices"

// Reason is why a version is not effective.
type Reason string

// The reasons.
const (
	ReplacedByFull Reason = "replaced by a later full delivery"
	OlderVersion   Reason = "an older version"
	DeletedLater   Reason = "deleted (V)"
	CorrectedLater Reason = "corrected: another record of the same income relation and period"
)

// Loss is a version that is not effective.
type Loss struct {
	*Version
	Why Reason
	By  *Version // that beat it; nil when a full delivery did
}

// Resolve decides which versions of some records are effective. It must be given every version of each record, and of
// records that correct each other every one of each period, as RowsAbout selects them. The effective ones come in the
// order of versions.
func Resolve(rows []*Version, scope *Scope) (effective []*Version, lost []Loss) {
	newest := make(map[Key]*Version)
	var inScope []*Version
	for _, v := range rows {
		if !scope.Counts(v.Record.Name, v.Place.Load, v.Municipality) {
			lost = append(lost, Loss{v, ReplacedByFull, nil})
			continue
		}
		inScope = append(inScope, v)
		keepNewest(newest, v.Key(), v)
	}
	for _, v := range inScope {
		switch n := newest[v.Key()]; {
		case n == v:
		case n.Deletes:
			lost = append(lost, Loss{v, DeletedLater, n})
		default:
			lost = append(lost, Loss{v, OlderVersion, n})
		}
	}
	effective, corrected := correct(newest)
	return effective, append(lost, corrected...)
}

// correct takes the newest of several records of one period, and drops deletions.
func correct(newest map[Key]*Version) (effective []*Version, lost []Loss) {
	ofPeriod := make(map[PeriodKey]*Version)
	for _, v := range newest {
		if period, corrects := v.PeriodKey(); corrects {
			keepNewest(ofPeriod, period, v)
		}
	}
	for _, v := range newest {
		period, corrects := v.PeriodKey()
		switch {
		case v.Deletes:
		case corrects && ofPeriod[period] != v:
			lost = append(lost, Loss{v, CorrectedLater, ofPeriod[period]})
		default:
			effective = append(effective, v)
		}
	}
	slices.SortFunc(effective, CompareVersions)
	return effective, lost
}

// keepNewest keeps of the versions under a key the one that wins.
func keepNewest[K comparable](newest map[K]*Version, key K, v *Version) {
	if old := newest[key]; old == nil || CompareVersions(old, v) < 0 {
		newest[key] = v
	}
}
