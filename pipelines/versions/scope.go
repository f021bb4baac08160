package versions

import (
	"cmp"
	"slices"

	"doorstroom/schemas"
)

// Scope says which rows of the raw tables an edition looks at.
type Scope struct {
	// Loads come in the order of versions per supplier: a later one wins.
	Loads []Load
	// Sources are the loads that count of each record.
	Sources map[string][]Source
	// Horizon is the work horizon (contract section 2), zero without a delivery of uwv_employment.
	Horizon schemas.Date
}

// Source is one load of a record whose rows count, or with a municipality
// those of its rows that are of this municipality.
type Source struct {
	Load         uint64
	Municipality schemas.Code
}

// NewScope selects from the accepted loads what an edition with this cut-off looks at.
func NewScope(accepted []Load, cutOff schemas.Date) *Scope {
	s := &Scope{Sources: make(map[string][]Source)}
	for i := range accepted {
		if accepted[i].DrawnOn <= cutOff {
			s.Loads = append(s.Loads, accepted[i])
		}
	}
	slices.SortFunc(s.Loads, CompareLoads)
	for _, r := range schemas.Records {
		if r.Municipal() {
			s.addMunicipal(r.Name)
		} else {
			s.addNational(r.Name)
		}
	}
	s.findHorizon()
	return s
}

// addNational takes the newest full delivery of the record and what came after it.
func (s *Scope) addNational(record string) {
	for i := range s.Loads {
		l := &s.Loads[i]
		if !slices.Contains(l.Records, record) {
			continue
		}
		if l.Full {
			s.Sources[record] = nil
		}
		s.Sources[record] = append(s.Sources[record], Source{Load: l.ID})
	}
}

// addMunicipal does the same for each municipality by itself: a full delivery
// replaces only rows of the municipalities that its manifest names.
func (s *Scope) addMunicipal(record string) {
	perCode := make(map[schemas.Code][]Source)
	for i := range s.Loads {
		l := &s.Loads[i]
		if !slices.Contains(l.Records, record) {
			continue
		}
		for _, code := range l.Codes(record) {
			if l.Full {
				perCode[code] = nil
			}
			perCode[code] = append(perCode[code], Source{Load: l.ID, Municipality: code})
		}
	}
	for _, sources := range perCode {
		s.Sources[record] = append(s.Sources[record], sources...)
	}
	slices.SortFunc(s.Sources[record], func(a, b Source) int {
		return cmp.Or(cmp.Compare(a.Load, b.Load), cmp.Compare(a.Municipality, b.Municipality))
	})
}

// findHorizon takes the greatest covers_to of the deliveries that name uwv_employment, from the newest full one on.
func (s *Scope) findHorizon() {
	for _, src := range s.Sources["uwv_employment"] {
		at := slices.IndexFunc(s.Loads, func(l Load) bool { return l.ID == src.Load })
		s.Horizon = max(s.Horizon, s.Loads[at].CoversTo)
	}
}

// Counts tells whether rows of a record in a load are looked at, or whether a
// later full delivery replaced them. The municipality is that of a municipal row, else empty.
func (s *Scope) Counts(record string, load uint64, municipality schemas.Code) bool {
	return slices.Contains(s.Sources[record], Source{load, municipality})
}

// Synthetic tells whether made-up persons count: whether rows of a synthetic load are looked at.
func (s *Scope) Synthetic() bool {
	madeUp := make(map[uint64]bool)
	for i := range s.Loads {
		madeUp[s.Loads[i].ID] = s.Loads[i].Synthetic
	}
	for _, sources := range s.Sources {
		if slices.ContainsFunc(sources, func(src Source) bool { return madeUp[src.Load] }) {
			return true
		}
	}
	return false
}
