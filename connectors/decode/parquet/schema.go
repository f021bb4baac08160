package parquet

import "github.com/parquet-go/parquet-go/format"

// topColumn is a column of the file itself, not one that lies in another.
type topColumn struct {
	*format.SchemaElement
	leaf int // its place among the leaves of the file
}

// plain tells whether it holds at most one value for each row.
func (c topColumn) plain() bool {
	return c.Type.Valid && c.NumChildren.V == 0 && (!c.RepetitionType.Valid || c.RepetitionType.V != format.Repeated)
}

// topColumns walks the schema, a tree written as a list, and gives its upper
// columns and how many leaves there are.
func topColumns(schema []format.SchemaElement) (columns []topColumn, leaves int, ok bool) {
	if len(schema) == 0 {
		return nil, 0, false
	}
	next := 1
	for n := schema[0].NumChildren.V; n > 0; n-- {
		if next >= len(schema) {
			return nil, 0, false
		}
		columns = append(columns, topColumn{&schema[next], leaves})
		for below := int64(1); below > 0; next++ {
			if next >= len(schema) || schema[next].NumChildren.V < 0 || !knownTypes(&schema[next]) {
				return nil, 0, false
			}
			below += int64(schema[next].NumChildren.V) - 1
			if schema[next].Type.Valid {
				leaves++
			}
		}
	}
	return columns, leaves, next == len(schema)
}

// knownTypes tells whether a column is of a physical type and a repetition that the format has.
func knownTypes(s *format.SchemaElement) bool {
	return (!s.Type.Valid || (s.Type.V >= format.Boolean && s.Type.V <= format.FixedLenByteArray)) &&
		(!s.RepetitionType.Valid || (s.RepetitionType.V >= format.Required && s.RepetitionType.V <= format.Repeated))
}
