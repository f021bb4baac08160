package facts

import (
	"context"
	"fmt"
	"strings"
)

// Content is what stands of one table in one edition.
type Content struct {
	Table string
	Rows  uint64
	// Hash depends on the rows only: not on their order, nor on the build or how it is stored.
	Hash uint64
}

// EditionContent is an edition with the content of its tables, in the order of the contract.
type EditionContent struct {
	Edition
	Content []Content
}

// Editions lists what stands, by cut-off. It reads every row of the editions.
func (f *Facts) Editions(ctx context.Context) ([]EditionContent, error) {
	list, err := f.listEditions(ctx)
	if err != nil {
		return nil, err
	}
	for _, table := range tableNames {
		hashes, err := f.contentOf(ctx, table)
		if err != nil {
			return nil, err
		}
		for i := range list {
			c := hashes[list[i].CutOff.String()]
			c.Table = table
			list[i].Content = append(list[i].Content, c)
		}
	}
	return list, nil
}

func (f *Facts) listEditions(ctx context.Context) ([]EditionContent, error) {
	rows, err := f.config.Warehouse.Query(ctx, "SELECT "+editionColumns+" FROM ops.edition FINAL ORDER BY edition")
	if err != nil {
		return nil, fmt.Errorf("reading ops.edition: %w", err)
	}
	defer rows.Close()
	var list []EditionContent
	for rows.Next() {
		e, err := scanEdition(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, EditionContent{Edition: e})
	}
	return list, rows.Err()
}

// contentOf gives rows and hash of a table per edition.
func (f *Facts) contentOf(ctx context.Context, table string) (map[string]Content, error) {
	expression, err := f.rowHash(ctx, table)
	if err != nil {
		return nil, err
	}
	rows, err := f.config.Warehouse.Query(ctx, fmt.Sprintf("SELECT toString(edition), count(), sum(%s) FROM facts.%s GROUP BY edition", expression, table))
	if err != nil {
		return nil, fmt.Errorf("hashing %s: %w", table, err)
	}
	defer rows.Close()
	contents := make(map[string]Content)
	for rows.Next() {
		var edition string
		var c Content
		if err := rows.Scan(&edition, &c.Rows, &c.Hash); err != nil {
			return nil, fmt.Errorf("hashing %s: %w", table, err)
		}
		contents[edition] = c
	}
	return contents, rows.Err()
}

// rowHash is an expression over all columns of a table in their order. A NULL
// is told from the default value by a mark of its own. Rows are added up, so that their order does not matter.
func (f *Facts) rowHash(ctx context.Context, table string) (string, error) {
	rows, err := f.config.Warehouse.Query(ctx, "SELECT name, type FROM system.columns WHERE database = 'facts' AND table = ? ORDER BY position", table)
	if err != nil {
		return "", fmt.Errorf("reading the columns of %s: %w", table, err)
	}
	defer rows.Close()
	var parts []string
	for rows.Next() {
		var name, typ string
		if err := rows.Scan(&name, &typ); err != nil {
			return "", fmt.Errorf("reading the columns of %s: %w", table, err)
		}
		switch {
		case strings.HasPrefix(typ, "Nullable("):
			parts = append(parts, fmt.Sprintf("isNull(%[1]s), ifNull(%[1]s, defaultValueOfTypeName('%[2]s'))", quote(name), strings.TrimSuffix(strings.TrimPrefix(typ, "Nullable("), ")")))
		case strings.HasPrefix(typ, "Array("):
			parts = append(parts, "toString("+quote(name)+")")
		default:
			parts = append(parts, quote(name))
		}
	}
	return "sipHash64(" + strings.Join(parts, ", ") + ")", rows.Err()
}
