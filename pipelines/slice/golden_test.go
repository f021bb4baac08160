package slice

import (
	"testing"

	"doorstroom/pipelines/sqlfile/golden"
)

func TestSQL(t *testing.T) {
	golden.Check(t, "rows_of_person", rowsOfPerson("coa_stay", new(coaStayTable).Columns()))
}
