package load

import (
	"testing"

	"doorstroom/schemas"
)

// TestLaterColumnLeavesDigests: a column that a table gets later changes no digest of the rows that it has. Where it is
// filled, the digest is over the row and behind it the name and the value, as the reader writes them.
func TestLaterColumnLeavesDigests(t *testing.T) {
	e := startEngine(t)
	key, err := DigestKey(t.Context(), e.db)
	must(t, err)
	row, _ := sample(schemas.RecordOf("coa_stay"), true)
	e.start(t)
	e.send(t, schemas.RecordOf("coa_stay").Topic(), message("coa_stay", row, schemas.Position{LoadID: 1, FileNo: 0, RowNo: 1}))
	e.drain(t)
	digests := func() string {
		return e.text(t, "SELECT arrayStringConcat(groupArray(toString(d)), ' ') FROM (SELECT "+RowDigest("coa_stay")+" AS d FROM raw.coa_stay ORDER BY row_no)")
	}
	want := number(key.Of(row.AppendStored(nil, schemas.Position{LoadID: 1, RowNo: 1}))).String()
	if got := digests(); got != want {
		t.Fatalf("the digest is %s, want %s", got, want)
	}

	laterColumns["coa_stay"] = []laterColumn{{name: "reported_on", filled: "isNotNull(`reported_on`)"}, {name: "floor", filled: "`floor` != ''"}}
	t.Cleanup(func() { delete(laterColumns, "coa_stay") })
	must(t, e.db.Exec(t.Context(), "ALTER TABLE raw.coa_stay ADD COLUMN `reported_on` Nullable(Date32) AFTER `location`, ADD COLUMN `floor` String AFTER `location`"))
	must(t, e.db.Exec(t.Context(), "INSERT INTO raw.coa_stay SELECT * REPLACE (toUInt64(2) AS row_no, toDate32('1970-01-02') AS reported_on) FROM raw.coa_stay"))
	must(t, e.db.Exec(t.Context(), "INSERT INTO raw.coa_stay SELECT * REPLACE (toUInt64(3) AS row_no, 'up' AS floor) FROM raw.coa_stay WHERE isNotNull(reported_on)"))
	for n, later := range []string{"\x0breported_on\x00\x01\x00\x00\x00", "\x0breported_on\x00\x01\x00\x00\x00\x05floor\x02up"} {
		stored := append(row.AppendStored(nil, schemas.Position{LoadID: 1, RowNo: int64(n + 2)}), later...)
		want += " " + number(key.Of(stored)).String()
	}
	if got := digests(); got != want {
		t.Errorf("the digests are %s, want %s", got, want)
	}
}
