package query

import (
	"fmt"
	"strings"
)

// Table is ClickHouse's name of the format for people.
const Table = "PrettyCompactMonoBlock"

// formats maps the names of the command line to ClickHouse's own output formats, so that every list prints exactly as
// ClickHouse does.
var formats = map[string]string{"csv": "CSVWithNames", "json": "JSON", "parquet": "Parquet", "table": Table}

// Format gives ClickHouse's name of a format; ok is whether there is one.
func Format(name string) (format string, ok bool) {
	format, ok = formats[strings.ToLower(name)]
	return format, ok
}

// OnOneLine is a query of which the named columns, which hold names of suppliers, stay on one line in a table for people.
func OnOneLine(sql string, names ...string) string {
	lines := make([]string, len(names))
	for i, name := range names {
		lines[i] = fmt.Sprintf(`replaceAll(%[1]s, '\n', '\\u000a') AS %[1]s`, name)
	}
	return "SELECT * REPLACE (" + strings.Join(lines, ", ") + ") FROM (" + sql + ")"
}
