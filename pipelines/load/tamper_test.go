package load

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"doorstroom/pipelines/delivery"
	"doorstroom/schemas"
)

// TestDigestIsThatOfTheStoredRow: for rows with every field, with only the required ones and for deletions, both sides
// digest the same bytes, those of the row as it stands in raw.
func TestDigestIsThatOfTheStoredRow(t *testing.T) {
	e := startEngine(t)
	e.start(t)
	key, err := delivery.DigestKey(t.Context(), e.db)
	must(t, err)
	again, err := delivery.DigestKey(t.Context(), e.db)
	must(t, err)
	if key != again || key == (schemas.DigestKey{}) || strings.Contains(fmt.Sprintf("%v %+v %#v %s", key, key, key, key), fmt.Sprint(key.K0)) {
		t.Error("the key does not stay, is none, or prints itself")
	}
	sums := make(map[string]schemas.Digest)
	for _, r := range schemas.Records {
		full, _ := sample(r, true)
		least, _ := sample(r, false)
		gone, _ := deletion(r)
		gone.SetText(schemas.FieldPseudonymV, []byte(sampleValue(r.Fields[schemas.FieldPseudonymV])))
		for i := 4; i < len(r.Fields); i++ { // what a deletion says beside the record is not read
			gone.SetText(i, []byte(sampleValue(r.Fields[i])))
		}
		var sum schemas.Digest
		for i, row := range []schemas.Row{full, least, gone} {
			if broken := row.Validate(&schemas.Context{Mutation: i == 2, DrawnYear: 2026, Municipalities: municipalities(r)}); len(broken) > 0 {
				t.Fatalf("%s: the test's own row %d is not valid: %v", r.Name, i, broken)
			}
			at := schemas.Position{LoadID: 1<<64 - 1, FileNo: 7, RowNo: 1<<40 + int64(i)}
			sum.Add(key.Of(row.AppendStored(nil, at)))
			e.send(t, r.Topic(), message(r.Name, row, at))
		}
		sums[r.Name] = sum
	}
	e.drain(t)
	for _, r := range schemas.Records {
		if got, want := e.text(t, "SELECT toString(sum("+delivery.RowDigest(r.Name)+")) FROM raw."+r.Name), decimal(sums[r.Name]); got != want {
			t.Errorf("%s: ClickHouse gives %s, the reader %s", r.Name, got, want)
		}
	}
}

// TestSwappedContentIsNotAccepted changes messages on their way. None of it is accepted, each says what to do, and the
// delivery that is read again afterwards is accepted with its own content.
func TestSwappedContentIsNotAccepted(t *testing.T) {
	at := func(d *sending, file int32, row int64, id, location string) []byte {
		r, _ := sample(schemas.RecordOf("coa_stay"), true)
		r.SetText(schemas.FieldRecordID, []byte(id))
		r.SetText(4, []byte(location))
		return message("coa_stay", r, schemas.Position{LoadID: d.LoadID, FileNo: file, RowNo: row})
	}
	const topic = "doorstroom.coa_stay"
	for name, c := range map[string]struct {
		tamper func(d *sending)
		want   string
	}{
		"a value": {func(d *sending) { d.messages[topic][2] = at(d, 0, 3, "id-1.x_Y", "elsewhere") }, "other values than were read of file a.jsonl"},
		"the contents of two rows": {func(d *sending) {
			d.messages[topic][0], d.messages[topic][1] = at(d, 0, 1, "b", "same"), at(d, 0, 2, "a", "same")
		}, "other values than were read of file a.jsonl"},
		"a row doubled with another content": {func(d *sending) { d.messages[topic] = append(d.messages[topic], at(d, 0, 3, "id-1.x_Y", "x")) }, "1 rows twice, with different content, of file a.jsonl"},
		"the same, the other content last": {func(d *sending) {
			d.messages[topic] = slices.Insert(d.messages[topic], 0, at(d, 0, 3, "id-1.x_Y", "x"))
		}, "1 rows twice, with different content, of file a.jsonl"},
		"a row dropped":                         {func(d *sending) { d.messages[topic] = d.messages[topic][1:] }, "9 rows instead of 10 of file a.jsonl"},
		"a row added":                           {func(d *sending) { d.messages[topic] = append(d.messages[topic], at(d, 0, 11, "new", "x")) }, "11 rows instead of 10 of file a.jsonl"},
		"a row of another file":                 {func(d *sending) { d.messages[topic] = append(d.messages[topic], at(d, 1, 1, "new", "x")) }, "1 rows instead of 0 of file none that the manifest names"},
		"a row dropped and another added twice": {func(d *sending) { d.messages[topic][9] = d.messages[topic][8] }, "9 rows instead of 10"},
		"a row of a record that it does not name": {func(d *sending) {
			r, _ := sample(schemas.RecordOf("uwv_employment"), true)
			d.messages["doorstroom.uwv_employment"] = [][]byte{message("uwv_employment", r, schemas.Position{LoadID: d.LoadID, RowNo: 1})}
		}, "table raw.uwv_employment holds 1 rows instead of 0 of file none that the manifest names"},
	} {
		t.Run(name, func(t *testing.T) {
			e := startEngine(t)
			e.start(t)
			d := newSending("coa", "stays", "2026-02-01", "a").file("coa_stay", "a.jsonl", 0, upTo(10)...)
			if strings.HasPrefix(name, "the contents") { // two rows that differ, honestly read
				for i, id := range []string{"a", "b"} {
					r, _ := sample(schemas.RecordOf("coa_stay"), true)
					r.SetText(schemas.FieldRecordID, []byte(id))
					r.SetText(4, []byte("same"))
					d.messages[topic][i] = at(d, 0, int64(i)+1, id, "same")
					d.stored[0][i] = r.AppendStored(nil, schemas.Position{LoadID: d.LoadID, RowNo: int64(i) + 1})
				}
			}
			honest := slices.Clone(d.messages[topic])
			c.tamper(d)
			e.sendDelivery(t, d)
			verdicts, err := e.tryDecide(t, d)
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "the next 'doorstroom run' reads it again") || len(verdicts) > 0 {
				t.Fatalf("verdicts %v, error %v", verdicts, err)
			}
			if got := e.text(t, "SELECT toString((SELECT count() FROM ops.delivery) + (SELECT count() FROM raw.coa_stay) + (SELECT count() FROM raw.uwv_employment))"); got != "0" {
				t.Errorf("%s rows are left of what cannot be decided", got)
			}
			d.messages = map[string][][]byte{topic: honest}
			e.sendDelivery(t, d)
			if v := e.decide(t, d); len(v) != 1 || v[0].Status != delivery.Accepted {
				t.Errorf("read again, it is %+v", v)
			}
			must(t, delivery.Reconciled(t.Context(), e.db))
		})
	}
}

// TestContentThatChangesAfterTheDecision: before each build the content of what was accepted is digested again.
func TestContentThatChangesAfterTheDecision(t *testing.T) {
	e := startEngine(t)
	e.start(t)
	d := newSending("coa", "stays", "2026-02-01", "a").file("coa_stay", "a.jsonl", 0, upTo(10)...)
	e.sendDelivery(t, d)
	e.sendDelivery(t, d) // the same twice does no harm
	e.decide(t, d)
	must(t, delivery.Reconciled(t.Context(), e.db))
	row, _ := sample(schemas.RecordOf("coa_stay"), true)
	row.SetText(4, []byte("elsewhere"))
	e.send(t, "doorstroom.coa_stay", message("coa_stay", row, schemas.Position{LoadID: d.LoadID, RowNo: 3}))
	e.drain(t)
	expect := func(want string) {
		t.Helper()
		if err := delivery.Reconciled(t.Context(), e.db); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "coa/stays coa_stay a.jsonl") {
			t.Errorf("the error is %v, want %q", err, want)
		}
	}
	expect("rows in raw that are there twice with different content")
	must(t, e.db.Exec(t.Context(), "OPTIMIZE TABLE raw.coa_stay FINAL"))
	expect("other values in raw than were accepted")
	must(t, e.db.Exec(t.Context(), "ALTER TABLE raw.coa_stay UPDATE location = 'id-1.x_Y' WHERE row_no = 3 SETTINGS mutations_sync = 2"))
	must(t, delivery.Reconciled(t.Context(), e.db))
	must(t, e.db.Exec(t.Context(), "ALTER TABLE raw.coa_stay UPDATE start = start + 1 WHERE row_no = 7 SETTINGS mutations_sync = 2"))
	expect("other values in raw than were accepted")
	must(t, e.db.Exec(t.Context(), "ALTER TABLE raw.coa_stay UPDATE start = start - 1 WHERE row_no = 7 SETTINGS mutations_sync = 2"))
	must(t, delivery.Reconciled(t.Context(), e.db))
	must(t, e.db.Exec(t.Context(), "TRUNCATE TABLE raw.digest_key"))
	expect("other values in raw than were accepted")
}

// decimal writes a digest as ClickHouse writes a UInt128.
func decimal(d schemas.Digest) string {
	n := new(big.Int).Lsh(new(big.Int).SetUint64(d.Hi), 64)
	return n.Or(n, new(big.Int).SetUint64(d.Lo)).String()
}
