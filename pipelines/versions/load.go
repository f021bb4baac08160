package versions

import (
	"cmp"
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
	// Withdrawn tells of a load that a current edition was made of that an operator took it back since.
	Withdrawn bool
}

// CompareLoads is the order of deliveries: of two of one supplier the later one wins (contract section 1, Versions).
func CompareLoads(a, b Load) int {
	return cmp.Or(strings.Compare(a.Supplier, b.Supplier), cmp.Compare(a.DrawnOn, b.DrawnOn), strings.Compare(a.DeliveryID, b.DeliveryID))
}

// Codes are the municipalities of which the load may have rows of a record; of a national record a single empty one.
func (l *Load) Codes(record string) []schemas.Code {
	if !schemas.RecordOf(record).Municipal() {
		return []schemas.Code{0}
	}
	codes := make([]schemas.Code, len(l.Municipalities))
	for i, text := range l.Municipalities {
		codes[i] = reference.Municipalities.Code(text)
	}
	return codes
}
