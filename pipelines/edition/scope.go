package edition

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"doorstroom/schemas"
	"doorstroom/schemas/reference"
)

// Load is an accepted delivery as its manifest describes it.
type Load struct {
	ID                   uint64
	Supplier, DeliveryID string
	// Manifest is the SHA-256 of the manifest, which names those of the files, ReadingVersion that of the rules they were
	// read by: unlike the id both are the same wherever the delivery is read.
	Manifest, ReadingVersion string
	DrawnOn                  schemas.Date
	// CoversTo is the last day that the delivery covers; zero when the manifest does not tell.
	CoversTo schemas.Date
	Full     bool
	// Municipalities are the codes that a municipal manifest names.
	Municipalities []string
	// Records are those that the manifest names, with or without rows.
	Records []string
	// Synthetic tells that its manifest calls its persons made up.
	Synthetic bool
	// Withdrawn tells of a load that a standing edition was made of that an operator took it back since.
	Withdrawn bool
}

// source is one load of a record whose rows count, or with a municipality
// those of its rows that are of this municipality.
type source struct {
	load         uint64
	municipality schemas.Code
}

// scope says which rows of the raw tables an edition looks at.
type scope struct {
	// loads come in the order of versions per supplier: a later one wins.
	loads []Load
	// sources are the loads that count of each record.
	sources map[string][]source
	// horizon is the work horizon, zero without a delivery of uwv_employment.
	horizon schemas.Date
}

// newScope selects from the accepted loads what an edition with this cut-off looks at.
func newScope(accepted []Load, cutOff schemas.Date) *scope {
	s := &scope{sources: make(map[string][]source)}
	for i := range accepted {
		if accepted[i].DrawnOn <= cutOff {
			s.loads = append(s.loads, accepted[i])
		}
	}
	slices.SortFunc(s.loads, func(a, b Load) int {
		return cmp.Or(strings.Compare(a.Supplier, b.Supplier), cmp.Compare(a.DrawnOn, b.DrawnOn), strings.Compare(a.DeliveryID, b.DeliveryID))
	})
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
func (s *scope) addNational(record string) {
	for i := range s.loads {
		l := &s.loads[i]
		if !slices.Contains(l.Records, record) {
			continue
		}
		if l.Full {
			s.sources[record] = nil
		}
		s.sources[record] = append(s.sources[record], source{load: l.ID})
	}
}

// addMunicipal does the same for each municipality by itself: a full delivery
// replaces only rows of the municipalities that its manifest names.
func (s *scope) addMunicipal(record string) {
	perCode := make(map[schemas.Code][]source)
	for i := range s.loads {
		l := &s.loads[i]
		if !slices.Contains(l.Records, record) {
			continue
		}
		for _, text := range l.Municipalities {
			code := reference.Municipalities.Code(text)
			if l.Full {
				perCode[code] = nil
			}
			perCode[code] = append(perCode[code], source{load: l.ID, municipality: code})
		}
	}
	for _, sources := range perCode {
		s.sources[record] = append(s.sources[record], sources...)
	}
	slices.SortFunc(s.sources[record], func(a, b source) int {
		return cmp.Or(cmp.Compare(a.load, b.load), cmp.Compare(a.municipality, b.municipality))
	})
}

// findHorizon takes the greatest covers_to of the deliveries that name uwv_employment, from the newest full one on.
func (s *scope) findHorizon() {
	for _, src := range s.sources["uwv_employment"] {
		at := slices.IndexFunc(s.loads, func(l Load) bool { return l.ID == src.load })
		s.horizon = max(s.horizon, s.loads[at].CoversTo)
	}
}

// synthetic tells whether made-up persons count: whether rows of a synthetic load are looked at.
func (s *scope) synthetic() bool {
	madeUp := make(map[uint64]bool)
	for i := range s.loads {
		madeUp[s.loads[i].ID] = s.loads[i].Synthetic
	}
	for _, sources := range s.sources {
		if slices.ContainsFunc(sources, func(src source) bool { return madeUp[src.load] }) {
			return true
		}
	}
	return false
}

// inputs names in hex what the rows of the edition depend on: every delivery in
// scope, the definitions and the program's own version of the facts.
func (s *scope) inputs(definitions string) string {
	readings := make([]string, len(s.loads))
	for i, l := range s.loads {
		readings[i] = l.Supplier + "/" + l.DeliveryID + "/" + l.Manifest + "/" + l.ReadingVersion + "\n"
	}
	slices.Sort(readings)
	h := sha256.New()
	h.Write([]byte("definitions " + definitions + ", facts " + factsVersion + "\n"))
	for _, reading := range readings {
		h.Write([]byte(reading))
	}
	return hex.EncodeToString(h.Sum(nil))
}
