package publish

import (
	"context"
	"fmt"
	"time"

	"doorstroom/pipelines/disclosure/cells"
	"doorstroom/pipelines/edition"
	"doorstroom/pipelines/marts"
	"doorstroom/pipelines/publish/catalogue"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// Options say what to release.
type Options struct {
	Edition schemas.Date
	Folder  string // of the catalogue; empty for that of the program
	DryRun  bool   // protect and attack, and release nothing
	Who     string // who releases
	Why     string // reasons of a revision
	Program string // version of the program
}

// Result is what came of it.
type Result struct {
	Release string
	// Stood tells that the release stood already, and that its hashes were found to be right.
	Stood     bool
	Tables    []Table
	Catalogue *catalogue.Catalogue
	Ledgered  Release // as the ledger has it; empty after a dry run
}

// Publish releases the tables of a catalogue as an edition has them, all at one instant, and closes the edition. With
// everything already released it only verifies. The caller sees to it that no run changes the warehouse meanwhile.
//
// What cannot be released is a *catalogue.Error, a *cells.Refusal, a *TooNarrow or audit.ErrNotFinished.
func Publish(ctx context.Context, db *warehouse.DB, o Options) (*Result, error) {
	c, err := catalogue.Read(o.Folder)
	if err != nil {
		return nil, err
	}
	e, err := standing(ctx, db, o.Edition)
	if err != nil {
		return nil, err
	}
	ledger, err := Ledger(ctx, db)
	if err != nil {
		return nil, err
	}
	if r := same(ledger, o.Edition, c); r != nil {
		tables, err := r.verify(ctx, db)
		return &Result{Release: r.Release, Stood: true, Tables: tables, Catalogue: c, Ledgered: *r}, err
	}
	name, number, err := next(ledger, o)
	if err != nil {
		return nil, err
	}
	before, err := earlier(ctx, db, ledger)
	if err != nil {
		return nil, err
	}
	if err := fits(c, ledger, before); err != nil {
		return nil, err
	}
	counts, err := readAll(ctx, db, o.Edition, c.Entries)
	if err != nil {
		return nil, err
	}
	tables, err := protect(ctx, c, o.Edition, counts, before)
	result := &Result{Release: name, Tables: tables, Catalogue: c}
	if err != nil || o.DryRun {
		return result, err
	}
	w := writing{db: db, release: name, number: number, attempt: uint64(time.Now().UnixMicro()), catalogue: c, edition: e, tables: tables, counts: counts, options: o}
	if err := w.all(ctx); err != nil {
		return nil, err
	}
	if ledger, err = Ledger(ctx, db); err != nil {
		return nil, err
	}
	result.Ledgered = *same(ledger, o.Edition, c)
	return result, nil
}

// standing is the edition whose marts hold.
func standing(ctx context.Context, db *warehouse.DB, day schemas.Date) (edition.Edition, error) {
	e, err := edition.ReadEdition(ctx, db, day)
	if err != nil {
		return e, err
	}
	begun, err := marts.Begun(ctx, db, day)
	if err != nil {
		return e, err
	}
	if !begun {
		return e, &cells.Refusal{Problem: fmt.Sprintf("edition %s has no marts; make them with 'doorstroom run --only marts --as-of %s'", day, day)}
	}
	if err := marts.Hold(ctx, db, marts.Edition{CutOff: day, Build: e.Build, Closed: e.Closed}); err != nil {
		return e, &cells.Refusal{Problem: err.Error()}
	}
	return e, nil
}

// readAll reads the counts of every entry.
func readAll(ctx context.Context, db *warehouse.DB, day schemas.Date, entries []*catalogue.Entry) ([]*counted, error) {
	all := make([]*counted, len(entries))
	for i, e := range entries {
		var err error
		if all[i], err = readMart(ctx, db, day, e); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// same finds the release of an edition by a catalogue.
func same(ledger []Release, day schemas.Date, c *catalogue.Catalogue) *Release {
	for i := range ledger {
		if ledger[i].Edition == day && ledger[i].CatalogueSHA256 == c.Hash {
			return &ledger[i]
		}
	}
	return nil
}

// next names the release: the day of the edition, for a revision with its number.
func next(ledger []Release, o Options) (name string, number uint32, err error) {
	number = 1
	for _, r := range ledger {
		if r.Edition == o.Edition {
			number++
		}
	}
	switch {
	case number == 1:
		return o.Edition.String(), 1, nil
	case o.Why == "":
		return "", 0, &cells.Refusal{Problem: fmt.Sprintf("edition %s has been released by another catalogue; a revision needs its reasons: say them with --why", o.Edition)}
	}
	return fmt.Sprintf("%s.%d", o.Edition, number), number, nil
}

// fits holds a catalogue against the releases that stand: base and threshold are part of what is known of their figures, and
// a table keeps its shape and its meaning.
func fits(c *catalogue.Catalogue, ledger []Release, before []released) error {
	for _, r := range ledger {
		if int64(r.Base) != c.Base || int64(r.Threshold) != c.Threshold {
			return &cells.Refusal{Problem: fmt.Sprintf("the catalogue has threshold %d and base %d, release %s has %d and %d; all releases are protected together and need the same", c.Threshold, c.Base, r.Release, r.Threshold, r.Base)}
		}
	}
	shapes := map[string]string{}
	for _, r := range before {
		for _, t := range r.tables {
			shapes[t.Entry.Name] = t.Entry.Shape()
		}
	}
	for _, e := range c.Entries {
		if old, known := shapes[e.Name]; known && old != e.Shape() {
			return &cells.Refusal{Table: e.Name, Problem: "counts otherwise than the table of that name in an earlier release; give it another name"}
		}
	}
	return nil
}
