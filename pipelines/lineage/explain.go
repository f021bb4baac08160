package lineage

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"doorstroom/pipelines/edition"
	"doorstroom/pipelines/link"
	"doorstroom/pipelines/route"
	"doorstroom/pipelines/slice"
	"doorstroom/pipelines/versions"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// ErrNoPerson says that an edition has no person of an id, which the error does not repeat.
var ErrNoPerson = errors.New("no such person")

// Route is everything known of one person in an edition.
type Route struct {
	Edition   edition.Edition
	personID  string
	linkage   string
	members   []string // pseudonyms of the person, as person_id has them
	links     []*versions.Version
	conflict  []link.Conflict
	carriedBy map[string][]*versions.Version // per pseudonym of a conflict, the records that carry it
	person    []event                        // columns of the row of person
	timeline  []event
	lost      []versions.Loss
	unused    []*versions.Version // effective, and give no fact of the timeline
	files     map[fileKey]file
	loads     map[uint64]versions.Load
}

// Explain finds where every fact of a person in a current edition came from.
// It fails with ErrNoPerson, edition.ErrNoEdition or ErrUntraceable.
func Explain(ctx context.Context, db *warehouse.DB, cutOff schemas.Date, personID string) (*Route, error) {
	sourced, err := readSourced(ctx, db, cutOff)
	if err != nil {
		return nil, err
	}
	start, ok := parsePerson(personID)
	if !ok {
		return nil, fmt.Errorf("%w in edition %s: an id is v or b and 26 characters", ErrNoPerson, cutOff)
	}
	stored, err := readStored(ctx, db, cutOff, personID)
	if err != nil {
		return nil, err
	}
	f, err := newSearch(db, sourced.Scope).from(ctx, start)
	if err != nil {
		return nil, err
	}
	r := &Route{Edition: sourced.Edition, personID: personID, loads: make(map[uint64]versions.Load)}
	for _, l := range sourced.Scope.Loads {
		r.loads[l.ID] = l
	}
	number, known := f.person[start]
	if !known || f.persons.IDs[number] != link.ID([]byte(personID)) {
		return nil, untraceable(ctx, db, cutOff, errOtherFacts.Error())
	}
	r.describeLinks(f, number)
	switch err := r.tell(ctx, db, &sourced.Edition, f, number, stored); {
	case errors.Is(err, errOtherFacts):
		return nil, untraceable(ctx, db, cutOff, err.Error())
	case err != nil:
		return nil, err
	}
	r.files, err = readFiles(ctx, db, r.rows())
	return r, err
}

// parsePerson reads a person_id as the pseudonym that it is made of.
func parsePerson(id string) (pseudonym, bool) {
	if len(id) != len(link.ID{}) || id[0] != 'v' && id[0] != 'b' {
		return pseudonym{}, false
	}
	p, ok := schemas.ParsePseudonym([]byte(id[1:]))
	kind := link.V
	if id[0] == 'b' {
		kind = link.B
	}
	return pseudonym{kind, p.Key}, ok
}

func (p pseudonym) text() string {
	return string("vb"[p.kind]) + schemas.Pseudonym{Key: p.key, Valid: true}.Text()
}

// describeLinks tells which pseudonyms are the person's and which records say so.
func (r *Route) describeLinks(f *found, number uint32) {
	r.linkage = f.persons.Linkages[number].String()
	for p, n := range f.person {
		if n == number {
			r.members = append(r.members, p.text())
		}
	}
	slices.Sort(r.members)
	for _, v := range f.effective {
		if v.V.Valid && v.B.Valid {
			r.links = append(r.links, v)
		}
	}
	r.conflict, r.carriedBy = f.persons.Conflicts, make(map[string][]*versions.Version)
	if len(r.conflict) == 0 {
		return
	}
	for _, v := range f.effective {
		if v.V.Valid {
			p := pseudonym{link.V, v.V.Key}.text()
			r.carriedBy[p] = append(r.carriedBy[p], v)
		}
		if v.B.Valid {
			p := pseudonym{link.B, v.B.Key}.text()
			r.carriedBy[p] = append(r.carriedBy[p], v)
		}
	}
}

// tell lets route make the facts, holds them against the stored ones and finds their records.
func (r *Route) tell(ctx context.Context, db *warehouse.DB, e *edition.Edition, f *found, number uint32, stored stored) error {
	own := make(map[string][]*versions.Version)
	places := make(map[string][]versions.Place)
	for _, v := range f.effective {
		if person, known := f.of(v); known && person == number {
			own[v.Record.Name] = append(own[v.Record.Name], v)
		}
	}
	for record, list := range own {
		slices.SortFunc(list, func(a, b *versions.Version) int { return a.Place.Compare(b.Place) })
		for _, v := range list {
			places[record] = append(places[record], v.Place)
		}
	}
	p, err := slice.ReadPerson(ctx, db, places)
	if err != nil {
		return err
	}
	p.Linkage = r.linkage
	edition, err := e.RouteEdition()
	if err != nil {
		return err
	}
	var b route.Builder
	var made route.Facts
	if err := b.Build(p, edition, &made); err != nil {
		return fmt.Errorf("making the facts of a person: %w", err)
	}
	if !stored.same(&made) {
		return errOtherFacts
	}
	if err := r.write(p, &made, own, edition); err != nil {
		return err
	}
	r.lost = lostBy(f, number, own)
	return nil
}

// write makes the timeline.
func (r *Route) write(p *route.Person, made *route.Facts, own map[string][]*versions.Version, edition *route.Edition) error {
	all, err := evidenceOf(p, own, edition)
	if err != nil {
		return err
	}
	milestones, err := milestones(p, made, all, edition)
	if err != nil {
		return err
	}
	r.person = described(made, all)
	r.timeline = slices.Concat(milestones, statuses(p, made, all), spells(made, all), ofOneRecord(made, all), conversions(made, all))
	slices.SortStableFunc(r.timeline, func(a, b event) int { return int(a.from) - int(b.from) })
	used := make(map[*versions.Version]bool)
	for _, e := range slices.Concat(r.person, r.timeline) {
		for _, v := range e.rows {
			used[v] = true
		}
	}
	for _, w := range all {
		if !used[w.Version] {
			r.unused = append(r.unused, w.Version)
		}
	}
	return nil
}

// lostBy are the versions that are not effective, of the person's pseudonyms or of records that are the person's.
func lostBy(f *found, number uint32, own map[string][]*versions.Version) (lost []versions.Loss) {
	keys := make(map[versions.Key]bool)
	for _, list := range own {
		for _, v := range list {
			keys[v.Key()] = true
		}
	}
	for _, l := range f.lost {
		if person, known := f.of(l.Version); known && person == number || keys[l.Key()] {
			lost = append(lost, l)
		}
	}
	slices.SortFunc(lost, func(a, b versions.Loss) int { return versions.CompareVersions(a.Version, b.Version) })
	return lost
}

// rows are all rows that the route names.
func (r *Route) rows() (all []*versions.Version) {
	for _, e := range slices.Concat(r.person, r.timeline) {
		all = append(all, e.rows...)
	}
	for _, l := range r.lost {
		all = append(all, l.Version)
		if l.By != nil {
			all = append(all, l.By)
		}
	}
	for _, rows := range r.carriedBy {
		all = append(all, rows...)
	}
	return append(append(all, r.links...), r.unused...)
}
