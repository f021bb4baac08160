package versions

import "doorstroom/schemas"

// Replaced are rows of a record in a load that no edition looks at whose cut-off is on or after that of the scope.
type Replaced struct {
	Load   Load
	Record string
	// Keep are the municipalities whose rows are still looked at; empty when none is.
	Keep []schemas.Code
}

// Replaced lists what newer full deliveries replaced.
func (s *Scope) Replaced() (list []Replaced) {
	for i := range s.Loads {
		l := &s.Loads[i]
		for _, record := range l.Records {
			r := Replaced{Load: *l, Record: record}
			codes := l.Codes(record)
			for _, code := range codes {
				if s.Counts(record, l.ID, code) {
					r.Keep = append(r.Keep, code)
				}
			}
			if len(r.Keep) < max(1, len(codes)) {
				list = append(list, r)
			}
		}
	}
	return list
}
