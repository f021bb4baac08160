package erase

import (
	"testing"

	"doorstroom/pipelines/sqlfile/golden"
)

func TestSQL(t *testing.T) {
	golden.Check(t, "text_columns", sqlFiles.Render("text_columns.sql", map[string]string{"Tables": logTables}))
}
