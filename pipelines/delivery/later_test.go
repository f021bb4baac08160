package delivery

import (
	"slices"
	"testing"

	"doorstroom/deploy/testservers/enginetest"
	"doorstroom/schemas"
)

// TestLaterColumnLeavesDigests: a column that a table gets later changes no digest of the rows that it has. Where it is
// filled, the digest is over the row and behind it the name and the value, as the reader writes them.
func TestLaterColumnLeavesDigests(t *testing.T) {
	db := enginetest.Warehouse(t)
	key, err := DigestKey(t.Context(), db)
	must(t, err)
	record := schemas.RecordOf("coa_stay")
	row := record.New()
	row.Reset(schemas.SyntaxISO)
	for name, value := range map[string]string{"record_id": "s-1", "operation": "T", "pseudonym_v": "abcdefghijklmnopqrstuvwx2a", "location": "Ter Apel", "municipality_code": "1950", "start": "2020-02-29"} {
		i := slices.IndexFunc(record.Fields, func(f schemas.Field) bool { return f.Name == name })
		row.SetText(i, []byte(value))
	}
	v, _ := schemas.ParsePseudonym([]byte("abcdefghijklmnopqrstuvwx2a"))
	must(t, db.Exec(t.Context(), "INSERT INTO raw.coa_stay (load_id, file_no, row_no, record_id, operation, pseudonym_v, location, municipality_code, start) "+
		"SELECT 1, 0, 1, 's-1', 'T', ?, 'Ter Apel', '1950', '2020-02-29'", string(v.Key[:])))
	digests := func() string {
		var text string
		must(t, db.QueryRow(t.Context(), "SELECT arrayStringConcat(groupArray(toString(d)), ' ') FROM (SELECT "+RowDigest("coa_stay")+" AS d FROM raw.coa_stay ORDER BY row_no)").Scan(&text))
		return text
	}
	want := number(key.Of(row.AppendStored(nil, schemas.Position{LoadID: 1, RowNo: 1}))).String()
	if got := digests(); got != want {
		t.Fatalf("the digest is %s, want %s", got, want)
	}

	laterColumns["coa_stay"] = []laterColumn{{name: "reported_on", filled: "isNotNull(`reported_on`)"}, {name: "floor", filled: "`floor` != ''"}}
	t.Cleanup(func() { delete(laterColumns, "coa_stay") })
	must(t, db.Exec(t.Context(), "ALTER TABLE raw.coa_stay ADD COLUMN `reported_on` Nullable(Date32) AFTER `location`, ADD COLUMN `floor` String AFTER `location`"))
	must(t, db.Exec(t.Context(), "INSERT INTO raw.coa_stay SELECT * REPLACE (toUInt64(2) AS row_no, toDate32('1970-01-02') AS reported_on) FROM (SELECT * FROM raw.coa_stay WHERE row_no = 1)"))
	must(t, db.Exec(t.Context(), "INSERT INTO raw.coa_stay SELECT * REPLACE (toUInt64(3) AS row_no, 'up' AS floor) FROM (SELECT * FROM raw.coa_stay WHERE row_no = 2)"))
	for n, later := range []string{"\x0breported_on\x00\x01\x00\x00\x00", "\x0breported_on\x00\x01\x00\x00\x00\x05floor\x02up"} {
		stored := append(row.AppendStored(nil, schemas.Position{LoadID: 1, RowNo: int64(n + 2)}), later...)
		want += " " + number(key.Of(stored)).String()
	}
	if got := digests(); got != want {
		t.Errorf("the digests are %s, want %s", got, want)
	}
}
