package slice

import (
	"context"
	"fmt"

	"github.com/ClickHouse/ch-go"

	"doorstroom/pipelines/route"
	"doorstroom/pipelines/route/definition"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
	"doorstroom/schemas/reference"
)

// worker turns slices into facts, one at a time. It keeps its memory from
// slice to slice: some 250 MB for slices of a common size.
type worker struct {
	db      *warehouse.DB
	reader  *reader
	writer  *writer
	builder route.Builder
	// definitions are those that it knows.
	definitions definition.Catalogue
}

func newWorker(c *Config) *worker {
	return &worker{db: c.Warehouse, reader: newReader(), writer: newWriter(), definitions: c.Definitions}
}

// do makes the facts of a slice and reports it done. Doing it again changes nothing.
func (w *worker) do(ctx context.Context, s *Slice) error {
	open, err := isOpen(ctx, w.db, s.Build)
	if err != nil || !open {
		return err
	}
	client, err := w.db.Bulk(ctx)
	if err != nil {
		return err
	}
	defer client.Close()
	if err := w.reader.read(ctx, client, s); err != nil {
		return err
	}
	counts, err := w.route(ctx, client, s)
	if err != nil {
		return err
	}
	if err := counts.linkage.write(ctx, client, s, w.reader.tables); err != nil {
		return err
	}
	if err := counts.contradictions.write(ctx, client, s); err != nil {
		return err
	}
	return w.report(ctx, s, counts.records)
}

// counted is what is counted of a slice while its facts are made.
type counted struct {
	records        uint64
	linkage        linkageCounts
	contradictions contradictionCounts
}

// route builds every person of the slice and inserts the rows.
func (w *worker) route(ctx context.Context, client *ch.Client, s *Slice) (*counted, error) {
	edition, err := w.edition(s)
	if err != nil {
		return nil, err
	}
	w.writer.start(client, s, edition.CutOff)
	var (
		person route.Person
		facts  route.Facts
		counts = make([]int, len(w.reader.tables))
		out    = &counted{linkage: make(linkageCounts)}
	)
	for n := range s.persons() {
		w.reader.person(n, &person, counts)
		if err := w.builder.Build(&person, edition, &facts); err != nil {
			return nil, fmt.Errorf("making the facts of a person: %w", err)
		}
		out.linkage.add(&facts.Person, counts)
		out.contradictions.add(w.builder.Contradictions(&person, &facts.Person))
		for _, rows := range counts {
			out.records += uint64(rows)
		}
		if err := w.writer.add(ctx, w.reader.id(n), &facts); err != nil {
			return nil, err
		}
	}
	return out, w.writer.finish(ctx)
}

// edition is that of a slice.
func (w *worker) edition(s *Slice) (*route.Edition, error) {
	cutOff, gridEnd, err := s.days()
	if err != nil {
		return nil, err
	}
	definitions, err := w.definitions.Version(s.Definitions)
	if err != nil {
		return nil, fmt.Errorf("%w; let this worker be of the version of the program that builds", err)
	}
	return &route.Edition{Definitions: definitions, CutOff: cutOff, GridEnd: gridEnd, Region: GeographyOn(cutOff).Region}, nil
}

// GeographyOn is the geography of an edition.
func GeographyOn(cutOff schemas.Date) reference.Geography {
	return reference.GeographyOn(cutOff.Time())
}

// report says in ops.slice that the slice is done, with what the build is reconciled by.
func (w *worker) report(ctx context.Context, s *Slice, records uint64) error {
	err := w.db.Exec(ctx, "INSERT INTO ops.slice (build, slice, persons, records, rows) VALUES (?, ?, ?, ?, ?)",
		s.Build, s.Number, uint64(s.persons()), records, w.writer.rows)
	if err != nil {
		return fmt.Errorf("reporting a slice done: %w", err)
	}
	return nil
}

// isOpen tells whether a build still wants its slices.
func isOpen(ctx context.Context, db *warehouse.DB, build uint64) (bool, error) {
	var open bool
	err := db.QueryRow(ctx, "SELECT count() > 0 FROM ops.build FINAL WHERE build = ? AND status = 'open'", build).Scan(&open)
	if err != nil {
		return false, fmt.Errorf("asking whether a build is open: %w", err)
	}
	return open, nil
}
