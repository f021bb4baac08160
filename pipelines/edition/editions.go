package edition

import (
	"context"
	"fmt"
	"strings"

	"doorstroom/pipelines/sqlfile"
	"doorstroom/schemas"
)

// Content is one table of one current edition.
type Content struct {
	CutOff schemas.Date
	Table  string
	Rows   uint64
	// Definitions is the version of those that the edition was made with.
	Definitions string
	// Synthetic tells that made-up persons count in the edition.
	Synthetic bool
	// Hash depends on the rows only: not on their order, nor on the build or how it is stored.
	Hash string
}

// Editions lists the current editions table by table, by cut-off and in the order of the contract's tables. It reads every row.
func (b *Builder) Editions(ctx context.Context) ([]Content, error) {
	rows, err := b.config.Warehouse.Query(ctx, "SELECT toString(edition), table, rows, content_hash, definitions, synthetic FROM ("+ContentQuery()+")")
	if err != nil {
		return nil, fmt.Errorf("hashing the editions: %w", err)
	}
	defer rows.Close()
	var list []Content
	for rows.Next() {
		var edition string
		var c Content
		if err := rows.Scan(&edition, &c.Table, &c.Rows, &c.Hash, &c.Definitions, &c.Synthetic); err != nil {
			return nil, fmt.Errorf("hashing the editions: %w", err)
		}
		c.CutOff, _ = schemas.ParseISO(edition)
		list = append(list, c)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("hashing the editions: %w", err)
	}
	return list, nil
}

// ContentQuery is the SQL behind Editions: edition, table, rows, content_hash
// (16 hexadecimal digits), definitions, synthetic, ordered. The rows of a table are added up before
// anything is joined, so that it takes no memory to speak of.
func ContentQuery() string {
	var tables []contentTable
	for i := range schemas.FactTables {
		t := &schemas.FactTables[i]
		tables = append(tables, contentTable{Position: i, Name: t.Name, Hash: rowHash(t)})
	}
	return sqlFiles.Render("content.sql", tables)
}

// contentTable is what content.sql needs of a table.
type contentTable struct {
	Position   int
	Name, Hash string
}

// rowHash is an expression over all columns of a table in their order. A NULL
// is told from every value by a mark of its own; hashes of rows are added up,
// so that their order does not matter.
func rowHash(t *schemas.FactTable) string {
	var parts []string
	for _, c := range t.Columns {
		name := sqlfile.Ident(c.Name)
		switch {
		case strings.HasPrefix(c.Type, "Nullable("):
			plain := strings.TrimSuffix(strings.TrimPrefix(c.Type, "Nullable("), ")")
			parts = append(parts, fmt.Sprintf("isNull(%s), ifNull(%s, defaultValueOfTypeName('%s'))", name, name, plain))
		case strings.HasPrefix(c.Type, "Array("):
			parts = append(parts, "toString("+name+")")
		default:
			parts = append(parts, name)
		}
	}
	return "sipHash64(" + strings.Join(parts, ", ") + ")"
}
