package lineage

import (
	"context"
	"fmt"

	"doorstroom/pipelines/edition"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// Comparison is a comparison of two current editions, in tables that Drop takes away.
type Comparison struct {
	db            *warehouse.DB
	before, after *edition.Sourced
	a, b          *edition.Trace // of before and after
	tables        tables
}

// A pair is a person of the one edition and the same person of the other,
// known by a number u: that of the person in the later edition, or for who is
// in the earlier one only, its number there and this bit.
const onlyBefore = "2147483648"

// Compare finds what changed between two current editions and why; it fails
// with edition.ErrNoEdition or ErrUntraceable. Query
// then gives the answer. Memory does not grow with the editions but for the
// link graph, as in a build; ClickHouse works in passes.
//
// Persons are matched by the pseudonyms that they share. Of several that share
// one, the one with the same person_id is the same person, else the smallest
// person_id; the others appeared or disappeared.
//
// Why a person changed is everything that differs about that person: records
// that nobody had, that say something else, that are gone, pseudonyms that came
// or went, the definitions. When nothing of it differs and the facts do, only
// the cut-off, the grid end or the geography is left: that is called time.
func Compare(ctx context.Context, db *warehouse.DB, before, after schemas.Date) (c *Comparison, err error) {
	c = &Comparison{db: db}
	defer func() {
		if err != nil {
			_ = c.Drop(context.WithoutCancel(ctx)) // the next build drops them anyway
		}
	}()
	if c.before, err = readSourced(ctx, db, before); err != nil {
		return c, err
	}
	if c.after, err = readSourced(ctx, db, after); err != nil {
		return c, err
	}
	if c.a, err = c.before.Trace(ctx, db); err != nil {
		return c, err
	}
	if c.b, err = c.after.Trace(ctx, db); err != nil {
		return c, err
	}
	c.tables = tables{c.a.Table(""), c.b.Table("")}
	for _, step := range []func(context.Context) error{c.match, c.findReasons, c.findChanges} {
		if err = step(ctx); err != nil {
			return c, fmt.Errorf("comparing editions %s and %s: %w", before, after, err)
		}
	}
	return c, nil
}

// Drop takes the tables away.
func (c *Comparison) Drop(ctx context.Context) error {
	for _, t := range []*edition.Trace{c.a, c.b} {
		if t != nil {
			if err := t.Drop(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

// Query selects table, cohort, column, why and persons: how many persons of a
// cohort have something else in a column of a table. Column appeared and
// disappeared count persons as such; column rows, those who have other rows.
// The cohort is that of the later edition, where the person is in it.
func (c *Comparison) Query() string {
	return sqlFiles.Render("comparison.sql", struct {
		tables
		OtherDefinitions bool
		Conflicts        string
	}{c.tables, c.before.DefinitionVersion != c.after.DefinitionVersion, conflicts})
}

// table names a table of the comparison.
func (c *Comparison) table(name string) string { return c.tables.After + name }

// tables are what the names of the tables of the two traces begin with; the comparison has its own beside those of After.
type tables struct{ Before, After string }

// part is one of several passes, which bound the memory of a statement.
type part struct{ No, Of uint64 }

// all runs statements one after the other.
func (c *Comparison) all(ctx context.Context, statements ...string) error {
	for _, s := range statements {
		if err := c.db.Exec(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// match makes the table pair (u, a, b, cohort): a and b are the person_id in
// each edition, empty where there is none; and the tables map_a and map_b from number to u.
func (c *Comparison) match(ctx context.Context) error {
	err := c.all(ctx,
		sqlFiles.Render("create_candidate.sql", c.tables),
		sqlFiles.Render("create_same.sql", c.tables),
		c.createMap("map_a", c.before.CutOff, true),
		c.createMap("map_b", c.after.CutOff, false),
		c.createPair())
	if err != nil {
		return fmt.Errorf("matching persons: %w", err)
	}
	return c.checkPairs(ctx)
}

func (c *Comparison) createPair() string {
	return sqlFiles.Render("create_pair.sql", struct {
		tables
		EditionBefore, EditionAfter schemas.Date
	}{c.tables, c.before.CutOff, c.after.CutOff})
}

// createMap makes a table of the persons of an edition: number, u, person_id and the number of their set.
func (c *Comparison) createMap(name string, edition schemas.Date, ofBefore bool) string {
	return sqlFiles.Render("create_map.sql", struct {
		tables
		Map                    string
		OfBefore               bool
		Edition                schemas.Date
		OnlyBefore, OfConflict string
	}{c.tables, name, ofBefore, edition, onlyBefore, ofConflict})
}

// checkPairs holds the persons that were found again against those that the editions have.
func (c *Comparison) checkPairs(ctx context.Context) error {
	var a, b uint64
	if err := c.db.QueryRow(ctx, "SELECT countIf(a != ''), countIf(b != '') FROM "+c.table("pair")).Scan(&a, &b); err != nil {
		return fmt.Errorf("counting persons: %w", err)
	}
	if a != c.before.Persons || a != c.a.Persons || c.a.Records != c.before.Records {
		return untraceable(ctx, c.db, c.before.CutOff, errOtherFacts.Error())
	}
	if b != c.after.Persons || b != c.b.Persons || c.b.Records != c.after.Records {
		return untraceable(ctx, c.db, c.after.CutOff, errOtherFacts.Error())
	}
	return nil
}
