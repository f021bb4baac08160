package versions

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/ext"

	"doorstroom/deploy/testservers/enginetest"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// aboutRows are "load.row record id pseudonym [income relation/month]", with V before the record for a deletion. The
// person is V me; a B of the same characters is somebody else.
const aboutRows = `1.1 coa_stay s v:me, 2.1 coa_stay s v:other, 2.2 V coa_stay s, 1.2 coa_stay t v:other, 1.3 coa_stay u b:me,
	1.1 municipality_residence r v:me, 1.2 municipality_residence r v:other,
	1.1 uwv_employment a v:me i/2024-01, 2.1 uwv_employment a v:other i/2024-03, 2.2 uwv_employment b v:other i/2024-01, 1.2 uwv_employment b v:other i/2024-05,
	1.3 uwv_employment c v:other i/2024-02, 1.4 uwv_employment d v:other j/2024-01`

// TestRowsAbout: every version of a record of which one version names the person, and of wages the records of the same
// income relation and period; of all loads or of some.
func TestRowsAbout(t *testing.T) {
	db := enginetest.Warehouse(t)
	for text := range strings.SplitSeq(aboutRows, ",") {
		storeAbout(t, db, strings.Fields(text))
	}
	for _, c := range []struct {
		record  string
		v       uint8
		ofLoads bool
		want    string
	}{
		{"coa_stay", 1, false, "1.1 s, 2.1 s, 2.2 s V"},
		{"coa_stay", 1, true, "1.1 s"},
		{"coa_stay", 0, false, "1.3 u"},
		{"municipality_residence", 1, false, "1.1 r"}, // the other row is of another municipality
		{"uwv_employment", 1, false, "1.1 a, 1.2 b, 2.1 a, 2.2 b"},
		{"uwv_employment", 1, true, "1.1 a"},
	} {
		if got := about(t, db, c.v, &RowsAbout{Record: schemas.RecordOf(c.record), OfLoads: c.ofLoads, Also: "1"}); got != c.want {
			t.Errorf("%s of V %d, of load 1 alone %v: %s, want %s", c.record, c.v, c.ofLoads, got, c.want)
		}
	}
}

// storeAbout writes one row.
func storeAbout(t *testing.T, db *warehouse.DB, words []string) {
	t.Helper()
	load, row, _ := strings.Cut(words[0], ".")
	operation, rest := "T", words[1:]
	if rest[0] == "V" {
		operation, rest = "V", rest[1:]
	}
	columns, values := "load_id, file_no, row_no, record_id, operation", fmt.Sprintf("%s, 0, %s, '%s', '%s'", load, row, rest[1], operation)
	if len(rest) > 2 {
		kind, word, _ := strings.Cut(rest[2], ":")
		columns, values = columns+", pseudonym_"+kind, values+", '"+word+"'"
	}
	if rest[0] == "municipality_residence" {
		columns, values = columns+", municipality_code", values+", '"+map[string]string{"1": "0344", "2": "0363"}[row]+"'"
	}
	if len(rest) > 3 {
		relation, month, _ := strings.Cut(rest[3], "/")
		columns, values = columns+", ikv_id, period_start", values+fmt.Sprintf(", '%s', '%s-01'", relation, month)
	}
	exec(t, db, "INSERT INTO raw."+rest[0]+" ("+columns+") VALUES ("+values+")")
}

// about gives the rows about V or B me, as "load.row id", with V behind a deletion.
func about(t *testing.T, db *warehouse.DB, v uint8, q *RowsAbout) string {
	t.Helper()
	wanted, err := ext.NewTable("wanted", ext.Column("key", "FixedString(16)"), ext.Column("v", "UInt8"))
	if err == nil {
		err = wanted.Append("me"+strings.Repeat("\x00", 14), v)
	}
	if err != nil {
		t.Fatal(err)
	}
	loads, err := ext.NewTable("loads", ext.Column("load", "UInt64"))
	if err == nil {
		err = loads.Append(uint64(1))
	}
	if err != nil {
		t.Fatal(err)
	}
	rows, err := db.Query(clickhouse.Context(t.Context(), clickhouse.WithExternalTable(wanted, loads)), "SELECT load_id, row_no, record_id, deletes FROM ("+q.Query()+")")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var found []string
	for rows.Next() {
		var load, row uint64
		var id string
		var deletes uint8
		if err := rows.Scan(&load, &row, &id, &deletes); err != nil {
			t.Fatal(err)
		}
		found = append(found, strings.TrimSpace(fmt.Sprintf("%d.%d %s %s", load, row, id, strings.Repeat("V", int(deletes)))))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(found)
	return strings.Join(found, ", ")
}
