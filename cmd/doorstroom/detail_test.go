package main

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/cmd/doorstroom/internal/exit"
)

// TestDeliveriesInDetail counts every file again, and fails with the place when
// rows are lost, doubled under another number, or belong to no file.
func TestDeliveriesInDetail(t *testing.T) {
	t.Parallel()
	u, landing := newUser(t), filepath.Join(t.TempDir(), "landing")
	records := stays(kindGood, 1, 5)
	records[1]["begindatum"] = `"sentinel"`
	records[1]["gemeentecode"] = `"9999"`
	two := dataFile{name: "b.jsonl", record: "coa_stay", format: "jsonl", content: jsonLines(records), rows: 5}
	one := stayFile(kindGood, 10, 3)
	one.name = "a.jsonl"
	landed{supplier: "coa", id: "one", files: []dataFile{two, one}}.write(t, landing)
	landed{supplier: "coa", id: "two", files: []dataFile{stayFile(kindGood, 20, 2)}}.write(t, landing)
	landed{supplier: "coa", id: "refused", files: []dataFile{stayFile(kindRefused, 30, 2)}, change: func(m map[string]any) { m["key_version"] = 9 }}.write(t, landing)
	u.run("run", "--landing", landing, "--only", "load").exits(exit.CodeRefused)

	var got []string
	for _, r := range u.run("deliveries", "--detail", "--format", "CSV").exits(0).rows() {
		got = append(got, strings.Join(r, ","))
	}
	sameLines(t, got, `coa,one,delivery,,,8,7,1,7,0,,,
coa,one,record,coa_stay,,8,7,1,7,0,,,
coa,one,file,coa_stay,a.jsonl,3,3,0,3,0,,,einddatum
coa,one,file,coa_stay,b.jsonl,5,4,1,4,0,,,einddatum
coa,two,delivery,,,2,2,0,2,0,,,
coa,two,record,coa_stay,,2,2,0,2,0,,,
coa,two,file,coa_stay,stay.jsonl,2,2,0,2,0,,,einddatum`)

	const load = "load_id = (SELECT load_id FROM ops.load FINAL WHERE delivery_id = 'two')"
	for _, spoil := range []struct{ sql, want string }{
		{"INSERT INTO raw.coa_stay SELECT * REPLACE (9 AS row_no) FROM (SELECT * FROM raw.coa_stay WHERE row_no = 2 AND " + load + ")", "rows in raw are not as many"},
		{"ALTER TABLE raw.coa_stay DELETE WHERE row_no = 2 AND " + load + " SETTINGS mutations_sync = 2", "coa/two coa_stay stay.jsonl: other rows in raw"},
		{"ALTER TABLE raw.coa_stay DELETE WHERE row_no = 9 AND " + load + " SETTINGS mutations_sync = 2", "coa/two coa_stay stay.jsonl: rows in raw are not as many"},
	} {
		u.inWarehouse(false, func(ctx context.Context, e *engines.Engines) error { return e.Warehouse.Exec(ctx, spoil.sql) })
		u.run("deliveries", "--detail").exits(exit.CodeFailed).says("coa/two", spoil.want)
	}
	u.run("withdraw", "two", "--why", "rows are lost").exits(0)
	u.run("deliveries", "--detail").exits(0)
}
