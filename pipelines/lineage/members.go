package lineage

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"doorstroom/pipelines/edition"
	"doorstroom/pipelines/link"
	"doorstroom/pipelines/warehouse"
)

// Members gives every pseudonym of the persons that some pseudonyms are of in
// an edition, written as a person_id, and the person_id of each of these
// persons. A pseudonym in a conflict is a person by itself; one that no
// effective record carries is not among them.
func Members(ctx context.Context, db *warehouse.DB, of *edition.Sourced, ids []link.ID) (pseudonyms, persons []link.ID, err error) {
	var starts []pseudonym
	for _, id := range ids {
		p, ok := parsePerson(string(id[:]))
		if !ok {
			return nil, nil, fmt.Errorf("%w: an id is v or b and 26 characters", ErrNoPerson)
		}
		starts = append(starts, p)
	}
	f, err := newSearch(db, of.Scope).from(ctx, starts...)
	if err != nil {
		return nil, nil, err
	}
	theirs := make(map[uint32]bool)
	for _, p := range starts {
		if n, known := f.person[p]; known {
			theirs[n] = true
		}
	}
	for p, n := range f.person {
		if theirs[n] {
			pseudonyms = append(pseudonyms, link.ID([]byte(p.text())))
		}
	}
	for _, n := range slices.Sorted(maps.Keys(theirs)) {
		persons = append(persons, f.persons.IDs[n])
	}
	return pseudonyms, persons, nil
}
