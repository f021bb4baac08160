package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"doorstroom/schemas"
)

// contents is what a warehouse came to.
type contents struct {
	// raw is the rows of each raw table by their identity.
	raw map[string]int
	// books are the decided deliveries with their rows, and the rows put aside.
	books string
	// facts are the editions with rows and content hash of each table.
	facts string
}

// contents reads the warehouse by the program's own commands.
func (p *place) contents(ctx context.Context) (*contents, error) {
	c := &contents{raw: make(map[string]int)}
	var counts []string
	for _, r := range schemas.Records {
		counts = append(counts, fmt.Sprintf("SELECT '%s', count() FROM raw.%s FINAL", r.Name, r.Name))
	}
	lines, err := p.query(ctx, strings.Join(counts, " UNION ALL "))
	if err != nil {
		return nil, err
	}
	for _, line := range lines {
		if c.raw[line[0]], err = strconv.Atoi(line[1]); err != nil {
			return nil, err
		}
	}
	books, err := p.query(ctx, `SELECT toString(tuple(supplier, delivery_id, manifest_sha256, status, reason, rows_in_files, rows_accepted, rows_quarantined)) AS b
		FROM ops.delivery FINAL ORDER BY b`)
	if err != nil {
		return nil, err
	}
	c.books = fmt.Sprint(books)
	c.facts, err = p.finish(ctx, "editions", "--format", "CSV")
	return c, err
}

// query gives the rows of an answer as text.
func (p *place) query(ctx context.Context, query string) ([][]string, error) {
	out, err := p.finish(ctx, "sql", "--format", "CSV", query)
	if err != nil {
		return nil, err
	}
	lines, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil || len(lines) == 0 {
		return nil, fmt.Errorf("no header in what doorstroom sql printed: %w", err)
	}
	return lines[1:], nil
}

// compare counts the rows that the tables lack and those that they have too
// many, and says what else differs.
func (want *contents) compare(got *contents) (lost, doubled int, differs string) {
	for table, n := range want.raw {
		lost += max(0, n-got.raw[table])
		doubled += max(0, got.raw[table]-n)
	}
	if want.books != got.books {
		differs = "deliveries"
	}
	if want.facts != got.facts {
		differs = strings.TrimSpace(differs + " facts")
	}
	return lost, doubled, differs
}
