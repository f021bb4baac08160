package edition

import (
	"context"
	"fmt"
	"strings"

	"doorstroom/pipelines/slice"
	"doorstroom/schemas"
)

// Content is what stands of one table in one edition.
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

// Editions lists what stands, by cut-off and in the order of the contract's tables. It reads every row.
func (f *Builder) Editions(ctx context.Context) ([]Content, error) {
	rows, err := f.config.Warehouse.Query(ctx, "SELECT toString(edition), table, rows, content_hash, definitions, synthetic FROM ("+ContentQuery()+")")
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
	var parts []string
	for i, t := range schemas.FactTables {
		parts = append(parts, fmt.Sprintf("SELECT edition, %d AS position, '%s' AS name, count() AS n, sum(%s) AS hash FROM facts.%s GROUP BY edition",
			i, t.Name, rowHash(&t), t.Name))
	}
	return "SELECT e.edition AS edition, e.name AS table, c.n AS rows, lower(leftPad(hex(c.hash), 16, '0')) AS content_hash, toString(e.definition_version) AS definitions, e.synthetic AS synthetic\n" +
		"FROM (SELECT edition, definition_version, synthetic, position, name FROM ops.edition FINAL ARRAY JOIN [" + tableList() + "] AS name, arrayEnumerate([" + tableList() + "]) AS position) AS e\n" +
		"LEFT JOIN (\n" + strings.Join(parts, "\nUNION ALL\n") + "\n) AS c ON c.edition = e.edition AND c.name = e.name\n" +
		"ORDER BY edition, e.position"
}

// tableList quotes the names of the tables.
func tableList() string {
	list := make([]string, len(schemas.FactTables))
	for i, t := range schemas.FactTables {
		list[i] = "'" + t.Name + "'"
	}
	return strings.Join(list, ", ")
}

// rowHash is an expression over all columns of a table in their order. A NULL
// is told from every value by a mark of its own; hashes of rows are added up,
// so that their order does not matter.
func rowHash(t *schemas.FactTable) string {
	var parts []string
	for _, c := range t.Columns {
		name := slice.Quote(c.Name)
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
