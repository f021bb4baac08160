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
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// ErrNoPerson says that an edition has no person of an id, which the error does not repeat.
var ErrNoPerson = errors.New("no such person")

// Route is everything known of one person in an edition.
type Route struct {
	Edition  edition.Edition
	personID string
	linkage  string
	members  []string // pseudonyms of the person, as person_id has them
	links    []*version
	conflict []link.Conflict
	heldBy   map[string][]*version // per pseudonym of a conflict, the records that carry it
	person   []event               // columns of the row of person
	timeline []event
	lost     []loss
	unused   []*version // hold, and give no fact of the timeline
	files    map[fileKey]file
	loads    map[uint64]edition.Load
}

// Explain finds where every fact of a person in a standing edition came from.
// It fails with ErrNoPerson, facts.ErrNoEdition or ErrUntraceable.
func Explain(ctx context.Context, db *warehouse.DB, cutOff schemas.Date, personID string) (*Route, error) {
	scope, err := readStanding(ctx, db, cutOff)
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
	f, err := newSearch(db, scope).from(ctx, start)
	if err != nil {
		return nil, err
	}
	r := &Route{Edition: scope.Edition, personID: personID, loads: make(map[uint64]edition.Load)}
	for _, l := range scope.Loads() {
		r.loads[l.ID] = l
	}
	number, known := f.person[start]
	if !known || f.persons.IDs[number] != link.ID([]byte(personID)) {
		return nil, untraceable(ctx, db, cutOff, errOtherFacts.Error())
	}
	r.describeLinks(f, number)
	switch err := r.tell(ctx, db, scope, f, number, stored); {
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
	for _, v := range f.holding {
		if v.v.Valid && v.b.Valid {
			r.links = append(r.links, v)
		}
	}
	r.conflict, r.heldBy = f.persons.Conflicts, make(map[string][]*version)
	if len(r.conflict) == 0 {
		return
	}
	for _, v := range f.holding {
		if v.v.Valid {
			p := pseudonym{link.V, v.v.Key}.text()
			r.heldBy[p] = append(r.heldBy[p], v)
		}
		if v.b.Valid {
			p := pseudonym{link.B, v.b.Key}.text()
			r.heldBy[p] = append(r.heldBy[p], v)
		}
	}
}

// tell lets route make the facts, holds them against the stored ones and finds their records.
func (r *Route) tell(ctx context.Context, db *warehouse.DB, scope *edition.Standing, f *found, number uint32, stored stored) error {
	own := make(map[string][]*version)
	places := make(map[string][]slice.RawRow)
	for _, v := range f.holding {
		if person, known := f.of(v); known && person == number {
			own[v.record.Name] = append(own[v.record.Name], v)
		}
	}
	for record, list := range own {
		slices.SortFunc(list, func(a, b *version) int { return a.at.Compare(b.at) })
		for _, v := range list {
			places[record] = append(places[record], v.at)
		}
	}
	p, err := slice.ReadPerson(ctx, db, places)
	if err != nil {
		return err
	}
	p.Linkage = r.linkage
	edition, err := scope.RouteEdition()
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
func (r *Route) write(p *route.Person, made *route.Facts, own map[string][]*version, edition *route.Edition) error {
	all, err := witnesses(p, own, edition)
	if err != nil {
		return err
	}
	milestones, err := milestones(p, made, all, edition)
	if err != nil {
		return err
	}
	r.person = described(made, all)
	r.timeline = slices.Concat(milestones, statuses(p, made, all), spells(made, all))
	slices.SortStableFunc(r.timeline, func(a, b event) int { return int(a.from) - int(b.from) })
	used := make(map[*version]bool)
	for _, e := range slices.Concat(r.person, r.timeline) {
		for _, v := range e.rows {
			used[v] = true
		}
	}
	for _, w := range all {
		if !used[w.version] {
			r.unused = append(r.unused, w.version)
		}
	}
	return nil
}

// lostBy are the versions that did not hold, of the person's pseudonyms or of records that are the person's.
func lostBy(f *found, number uint32, own map[string][]*version) (lost []loss) {
	keys := make(map[key]bool)
	for _, list := range own {
		for _, v := range list {
			keys[v.key()] = true
		}
	}
	for _, l := range f.lost {
		if person, known := f.of(l.version); known && person == number || keys[l.key()] {
			lost = append(lost, l)
		}
	}
	slices.SortFunc(lost, func(a, b loss) int { return before(a.version, b.version) })
	return lost
}

// rows are all rows that the route names.
func (r *Route) rows() (all []*version) {
	for _, e := range slices.Concat(r.person, r.timeline) {
		all = append(all, e.rows...)
	}
	for _, l := range r.lost {
		all = append(all, l.version)
		if l.by != nil {
			all = append(all, l.by)
		}
	}
	for _, rows := range r.heldBy {
		all = append(all, rows...)
	}
	return append(append(all, r.links...), r.unused...)
}
