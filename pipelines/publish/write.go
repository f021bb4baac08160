package publish

import (
	"context"
	"fmt"
	"time"

	"doorstroom/pipelines/edition"
	"doorstroom/pipelines/publish/catalogue"
	"doorstroom/pipelines/warehouse"
)

// writing is a release on its way into the warehouse.
type writing struct {
	db        *warehouse.DB
	release   string
	number    uint32
	attempt   uint64
	catalogue *catalogue.Catalogue
	edition   edition.Edition
	tables    []Table
	counts    []*counted
	options   Options
}

// all writes everything under a number of its own, looks whether it is there, closes the edition, and last writes the one
// row that makes all of it visible. What breaks off before that is never seen.
func (w *writing) all(ctx context.Context) error {
	steps := []struct {
		what string
		do   func(context.Context) error
	}{
		{"write the cells", w.cells}, {"write what the tables mean", w.indicators}, {"make the tables of publication", w.views},
		{"write the ledger", w.ledger}, {"close the edition", w.close}, {"make the release visible", w.reveal},
	}
	for _, step := range steps {
		if err := step.do(ctx); err != nil {
			return fmt.Errorf("%s of release %s: %w; nothing is released", step.what, w.release, err)
		}
	}
	return nil
}

// insert sends rows as one batch.
func (w *writing) insert(ctx context.Context, into string, rows [][]any) error {
	batch, err := w.db.PrepareBatch(ctx, "INSERT INTO "+into)
	if err != nil {
		return err
	}
	defer batch.Abort()
	for _, row := range rows {
		if err := batch.Append(row...); err != nil {
			return err
		}
	}
	return batch.Send()
}

func (w *writing) cells(ctx context.Context) error {
	var rows [][]any
	for _, t := range w.tables {
		for i, r := range t.Rows {
			rows = append(rows, []any{w.release, w.attempt, t.Entry.Name, uint32(i), r.Values, unsigned(r.Value), unsigned(r.Denominator), r.Share(), r.Status})
		}
	}
	return w.insert(ctx, "publication_store.cell (release, attempt, entry, position, place, value, denominator, share, status)", rows)
}

func (w *writing) indicators(ctx context.Context) error {
	var rows [][]any
	for _, e := range w.catalogue.Entries {
		text, err := e.Written()
		if err != nil {
			return err
		}
		rows = append(rows, []any{w.release, w.attempt, e.Name, uint32(e.Importance), e.Title.NL, e.Title.EN, e.Definition.NL, e.Definition.EN,
			e.Unit.NL, e.Unit.EN, e.Population, string(e.Profile), e.Mart, e.Columns(), e.Comparable, text})
	}
	return w.insert(ctx, "publication_store.indicator (release, attempt, name, importance, title_nl, title_en, definition_nl, definition_en, "+
		"unit_nl, unit_en, population, profile, source, columns, comparable, entry)", rows)
}

// ledger reads back what was written and notes the hashes of that.
func (w *writing) ledger(ctx context.Context) error {
	back, err := readTables(ctx, w.db, w.release, w.attempt)
	if err != nil {
		return err
	}
	inputs, tables := map[string]string{}, map[string]string{}
	var shownCells, hiddenCells uint64
	for i, t := range w.tables {
		hash, err := t.hash(w.release)
		if err != nil {
			return err
		}
		again, err := back[i].hash(w.release)
		if err != nil {
			return err
		}
		if again != hash {
			return fmt.Errorf("table %s came back otherwise than it was written", t.Entry.Name)
		}
		tables[t.Entry.Name], inputs[t.Entry.Name] = hash, w.counts[i].hash()
		s, h := t.Cells()
		shownCells, hiddenCells = shownCells+s, hiddenCells+h
	}
	c := w.catalogue
	return w.insert(ctx, "ops.release (release, attempt, edition, edition_inputs, definition_version, catalogue_version, catalogue_sha256, "+
		"threshold, base, range, inputs, tables, published, suppressed, audit, who, why, program, written_at)", [][]any{{
		w.release, w.attempt, w.edition.CutOff.Time(), w.edition.Inputs, w.edition.DefinitionVersion, c.Version, c.Hash, uint32(c.Threshold), uint32(c.Base),
		uint32(c.Threshold), inputs, tables, shownCells, hiddenCells, "every range is wide enough", w.options.Who, w.options.Why, w.options.Program, time.Now(),
	}})
}

func (w *writing) close(ctx context.Context) error { return edition.Close(ctx, w.db, w.edition.CutOff) }

func (w *writing) reveal(ctx context.Context) error {
	return w.insert(ctx, "publication_store.release (release, attempt, edition, number, released_at, catalogue_version, definition_version, synthetic, why)",
		[][]any{{w.release, w.attempt, w.edition.CutOff.Time(), w.number, time.Now(), w.catalogue.Version, w.edition.DefinitionVersion, w.edition.Synthetic, w.options.Why}})
}

// Cells counts the cells of a table that are published and those that are suppressed.
func (t Table) Cells() (shown, hidden uint64) {
	for _, row := range t.Rows {
		switch row.Status {
		case published:
			shown++
		case suppressed:
			hidden++
		}
	}
	return shown, hidden
}
