package erase

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/ext"
	"github.com/google/uuid"

	"doorstroom/pipelines/edition"
	"doorstroom/pipelines/lineage"
	"doorstroom/pipelines/link"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// Request asks for an erasure.
type Request struct {
	// Pseudonyms are of one person or several, Links how others of theirs are found.
	Pseudonyms []link.ID
	Links      Links
	// Who erases, and Why: on what ground, without naming the person. Both are kept.
	Who, Why string
}

// ErrNamed says that what is kept about an erasure would name the person.
var ErrNamed = errors.New("who and why are kept: they must not hold a pseudonym")

// Plan is what an erasure would remove; nothing is written yet.
type Plan struct {
	Erasure
	pseudonyms []link.ID
	rows       []row
	// persons are whose facts go, by edition.
	persons map[schemas.Date][]link.ID
}

// Prepare finds what an erasure would remove. Everything that was delivered must be in the raw tables.
func Prepare(ctx context.Context, db *warehouse.DB, r Request) (*Plan, error) {
	loads, err := readLoads(ctx, db)
	if err != nil {
		return nil, err
	}
	p, err := follow(ctx, db, loads, r.Pseudonyms, r.Links)
	if err != nil {
		return nil, err
	}
	plan := &Plan{pseudonyms: p.erased.list(), persons: make(map[schemas.Date][]link.ID)}
	plan.Erasure = Erasure{
		ID: uuid.New(), At: time.Now(), Who: r.Who, Why: r.Why, Links: r.Links,
		Given: uint32(len(p.given)), Pseudonyms: uint32(len(p.erased)), LeftOut: uint32(len(p.touched) - len(p.erased)),
	}
	for id := range p.touched {
		if strings.Contains(r.Who+r.Why, string(id[1:])) {
			return nil, ErrNamed
		}
	}
	rows, err := readRows(ctx, db, loads, p.erased)
	if err != nil {
		return nil, err
	}
	plan.rows = choose(rows, p.erased)
	plan.RawRows = uint64(len(plan.rows))
	first, found := firstDay(plan.rows, loads)
	changes := func(e edition.Edition) bool { return found && first <= e.CutOff }
	return plan, plan.findFacts(ctx, db, p, changes)
}

// Wanted are the pseudonyms, to search files for.
func (p *Plan) Wanted() []schemas.Pseudonym { return wanted(p.pseudonyms) }

func wanted(list []link.ID) (out []schemas.Pseudonym) {
	for _, id := range list {
		out = append(out, pseudonymOf(id))
	}
	return out
}

// firstDay is when the first of the rows that count was drawn; false without one.
func firstDay(rows []row, loads map[uint64]loadInfo) (first schemas.Date, found bool) {
	for i := range rows {
		if l := loads[rows[i].Place.Load]; l.counted && (!found || l.DrawnOn < first) {
			first, found = l.DrawnOn, true
		}
	}
	return first, found
}

// findFacts finds whose facts go and which editions change: those of which rows of
// the persons are looked at, and those with facts of the persons.
func (p *Plan) findFacts(ctx context.Context, db *warehouse.DB, of *persons, changes func(edition.Edition) bool) error {
	editions, err := edition.Current(ctx, db)
	if err != nil {
		return err
	}
	for _, e := range editions {
		list, err := personsIn(ctx, db, e.CutOff, of)
		if err != nil {
			return err
		}
		n, err := countFacts(ctx, db, e.CutOff, list)
		if err != nil {
			return err
		}
		if n > 0 || changes(e) {
			p.persons[e.CutOff] = list
			p.FactRows += n
			p.Editions = append(p.Editions, e.CutOff)
		}
	}
	return nil
}

// personsIn gives the persons of an edition that an erased pseudonym is of. A
// link that the edition knows and that is not followed may have made one person
// of an erased and another pseudonym: then the facts are of both, and go.
func personsIn(ctx context.Context, db *warehouse.DB, cutOff schemas.Date, of *persons) ([]link.ID, error) {
	if len(of.touched) == len(of.erased) {
		return of.erased.list(), nil
	}
	sourced, err := edition.ReadSourced(ctx, db, cutOff)
	if errors.Is(err, edition.ErrOtherInputs) || errors.Is(err, edition.ErrRemoved) {
		return of.touched.list(), nil // what it was made of is no longer known
	}
	if err != nil {
		return nil, err
	}
	_, found, err := lineage.Members(ctx, db, sourced, of.erased.list())
	if err != nil {
		return nil, fmt.Errorf("following the links of a person in edition %s: %w", cutOff, err)
	}
	all := setOf(of.erased.list())
	for _, id := range found {
		all[id] = true
	}
	return all.list(), nil
}

// factColumns are the columns of facts that name a person.
func factColumns(t *schemas.FactTable) []string {
	if t.Name == "link_conflict" {
		return []string{"conflict_id", "pseudonym"}
	}
	return []string{"person_id"}
}

// theirFacts is the condition that a row of facts is of somebody in a table of (edition, id).
func theirFacts(t *schemas.FactTable, table string) string {
	var any []string
	for _, c := range factColumns(t) {
		any = append(any, "(edition, "+c+") IN (SELECT edition, id FROM "+table+")")
	}
	return strings.Join(any, " OR ")
}

func countFacts(ctx context.Context, db *warehouse.DB, cutOff schemas.Date, list []link.ID) (n uint64, err error) {
	for i := range schemas.FactTables {
		table, err := ext.NewTable("theirs", ext.Column("edition", "Date"), ext.Column("id", "String"))
		if err != nil {
			return 0, err
		}
		for _, id := range list {
			if err := table.Append(cutOff.Time(), string(id[:])); err != nil {
				return 0, err
			}
		}
		t := &schemas.FactTables[i]
		var rows uint64
		err = db.QueryRow(clickhouse.Context(ctx, clickhouse.WithExternalTable(table)),
			"SELECT count() FROM facts."+t.Name+" WHERE "+theirFacts(t, "theirs")).Scan(&rows)
		if err != nil {
			return 0, fmt.Errorf("counting the facts of a person in %s: %w", t.Name, err)
		}
		n += rows
	}
	return n, nil
}
