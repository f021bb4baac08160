package load

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"doorstroom/pipelines/delivery"
	"doorstroom/schemas"
)

func TestDeliveriesAreAcceptedWhateverTheOrderAndHoweverOften(t *testing.T) {
	e := startEngine(t)
	e.start(t)
	d := newSending("coa", "stays-1", "2026-02-01", "a").file("coa_stay", "a.jsonl", 2, 1, 3, 4, 7).file("coa_permit", "b.jsonl", 0, upTo(50)...)
	empty := newSending("coa", "stays-2", "2026-03-01", "a").file("coa_participation", "none.jsonl", 0)
	e.sendDelivery(t, d)
	for topic := range d.messages {
		slices.Reverse(d.messages[topic])
	}
	e.sendDelivery(t, d)
	for range 2 { // deciding again changes nothing
		e.decide(t, empty, d)
	}
	got := e.text(t, `SELECT arrayStringConcat(groupArray(concat(delivery_id, ' ', toString(drawn_on), ' ', mode, ' ', status, ' ', reason, ' ',
		toString(rows_in_files), '=', toString(rows_accepted), '+', toString(rows_quarantined))), '; ') FROM (SELECT * FROM ops.delivery FINAL ORDER BY delivery_id)`)
	if want := "stays-1 2026-02-01 full accepted  56=54+2; stays-2 2026-03-01 full accepted  0=0+0"; got != want {
		t.Errorf("ops.delivery holds %s\nwant %s", got, want)
	}
	for query, want := range map[string]string{
		"SELECT toString(count()) FROM raw.coa_stay FINAL":                                                       "4",
		"SELECT name FROM ops.delivery_file FINAL WHERE file_no = 1":                                             "b.jsonl",
		"SELECT toString(rows_accepted) FROM ops.delivery_record FINAL WHERE record = 'coa_permit'":              "50",
		"SELECT toString(covers_to) FROM ops.load FINAL WHERE delivery_id = 'stays-1'":                           "2026-01-31",
		"SELECT toString(count()) FROM raw.coa_stay FINAL WHERE load_id IN (SELECT load_id FROM ops.load FINAL)": "4",
	} {
		if got := e.text(t, query); got != want {
			t.Errorf("%s: got %s, want %s", query, got, want)
		}
	}
}

func TestNothingIsAcceptedThatIsNotThere(t *testing.T) {
	lost := newSending("coa", "lost", "2026-02-01", "a").file("coa_stay", "a.jsonl", 0, upTo(10)...)
	lost.messages["doorstroom.coa_stay"] = lost.messages["doorstroom.coa_stay"][:9]
	later := newSending("coa", "later", "2026-03-01", "a").file("coa_stay", "a.jsonl", 0, upTo(10)...)
	// As many rows and the same sum of row numbers, but not the rows that were sent.
	other := newSending("uwv", "other", "2026-02-01", "a").file("uwv_work_permit", "p.parquet", 0, 1, 4, 4, 7)
	other.Files[0].RowSum, other.Files[0].RowSquares = 1+3+5+7, 1+9+25+49
	stray := newSending("idw", "stray", "2026-02-01", "a").file("idw_valuation", "1.json", 0, 1).file("idw_valuation", "2.json", 0, 1)
	stray.Files = stray.Files[:1]
	stray.Records[0].RowsAccepted = 1
	good := newSending("duo", "good", "2026-02-01", "a").file("duo_exam", "1.json", 0, 1)

	e := startEngine(t)
	e.start(t)
	for _, d := range []*sending{lost, later, other, stray, good} {
		e.sendDelivery(t, d)
	}
	verdicts, err := e.tryDecide(t, lost, later, other, stray, good)
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{
		"delivery lost of coa cannot be decided: table raw.coa_stay holds 9 rows instead of 10 of file a.jsonl",
		"delivery other of uwv cannot be decided: table raw.uwv_work_permit holds 3 rows instead of 4 of file p.parquet",
		"delivery stray of idw cannot be decided: table raw.idw_valuation holds 1 rows instead of 0 of file none that the manifest names",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not say: %s\nit says: %v", want, err)
		}
	}
	if len(verdicts) != 1 || verdicts[0].DeliveryID != "good" || verdicts[0].Status != delivery.Accepted {
		t.Errorf("verdicts are %v, want good accepted only", verdicts)
	}
	if got := e.text(t, "SELECT arrayStringConcat(groupArray(delivery_id), ' ') FROM ops.delivery FINAL"); got != "good" {
		t.Errorf("decided are %s, want good only", got)
	}

	// What was missing comes after all, as when the delivery is read again.
	full := newSending("coa", "lost", "2026-02-01", "a").file("coa_stay", "a.jsonl", 0, upTo(10)...)
	e.sendDelivery(t, full)
	for _, v := range e.decide(t, full, later) {
		if v.Status != delivery.Accepted {
			t.Errorf("%s is %s, %s", v.DeliveryID, v.Status, v.Reason)
		}
	}
}

func TestUnreadableMessagesStopNothingElse(t *testing.T) {
	e := startEngine(t)
	e.start(t)
	r := schemas.RecordOf("coa_stay")
	row, _ := sample(r, true)
	whole := message(r.Name, row, schemas.Position{LoadID: 1, RowNo: 1})
	foreign := slices.Clone(whole)
	foreign[4] = byte(schemaID("coa_permit"))
	large := make([]byte, 300_000)
	e.send(t, r.Topic(), nil, []byte("x"), whole[:len(whole)-1], append(slices.Clone(whole), 0), foreign, large)
	e.send(t, schemas.QuarantineTopic, []byte("{"), []byte("}"))
	good := newSending("coa", "good", "2026-02-01", "a").file("coa_stay", "a.jsonl", 0, upTo(10)...)
	e.sendDelivery(t, good)
	if v := e.decide(t, good); v[0].Status != delivery.Accepted {
		t.Errorf("the delivery is %s, %s", v[0].Status, v[0].Reason)
	}
	if n := e.loader.Unreadable(); n != 8 {
		t.Errorf("%d messages were unreadable, want 8", n)
	}
	if got := e.text(t, "SELECT toString(count()) FROM ops.unreadable_message FINAL WHERE topic = 'doorstroom.coa_stay'"); got != "6" {
		t.Errorf("ops.unreadable_message has %s, want 6", got)
	}
	// The bad ones were the first of their partitions, each at the offset at which its reader was.
	first := e.text(t, "SELECT toString(groupUniqArray(least)) FROM (SELECT min(offset) AS least FROM ops.unreadable_message FINAL GROUP BY topic, partition)")
	if first != "[0]" {
		t.Errorf("the first messages that could not be read are noted at %s, want [0]", first)
	}
	const places = "SELECT toString(arraySort(groupUniqArray((partition, offset)))) FROM ops.unreadable_message FINAL WHERE topic = '" + schemas.QuarantineTopic + "'"
	if got := e.text(t, places); got != "[(0,0),(0,1)]" { // it has one partition
		t.Errorf("of the quarantine's topic they are noted at %s, want the first two offsets of its partition", got)
	}
}

func TestReusedIDNeverReplacesTheAcceptedDelivery(t *testing.T) {
	e := startEngine(t)
	e.start(t)
	first := newSending("coa", "one", "2026-02-01", "a").file("coa_stay", "a.jsonl", 0, upTo(10)...)
	second := newSending("coa", "one", "2026-02-01", "b").file("coa_stay", "a.jsonl", 0, upTo(11)...)
	refused := newSending("coa", "two", "", "a").refused(schemas.ManifestInvalid)
	refused.Mode = ""
	again := newSending("coa", "two", "2026-02-02", "b").file("coa_stay", "a.jsonl", 0, upTo(10)...)
	for _, d := range []*sending{first, second, again} {
		e.sendDelivery(t, d)
	}
	e.decide(t, first, refused)
	e.decide(t, second, again)
	got := e.text(t, `SELECT arrayStringConcat(groupArray(concat(delivery_id, right(manifest_sha256, 1), ' ', ifNull(toString(drawn_on), 'NULL'), ' ', ifNull(mode, 'NULL'), ' ',
		status, ' ', reason, ' ', toString(rows_accepted))), '; ') FROM (SELECT * FROM ops.delivery FINAL ORDER BY delivery_id, manifest_sha256)`)
	want := "onea 2026-02-01 full accepted  10; oneb 2026-02-01 full refused delivery_id_reused 0; " +
		"twoa NULL NULL refused manifest_invalid 0; twob 2026-02-02 full accepted  10"
	if got != want {
		t.Errorf("ops.delivery holds %s\nwant %s", got, want)
	}
	known, err := delivery.Decisions(t.Context(), e.db)
	must(t, err)
	for _, c := range []struct {
		d           *sending
		same, other bool
	}{
		{first, true, false}, {second, true, true}, {refused, true, true}, {again, true, false},
		{newSending("coa", "one", "", "c"), false, true}, {newSending("uwv", "one", "", "a"), false, false},
	} {
		if same, other := known.Decided(c.d.Supplier, c.d.DeliveryID, c.d.ManifestSHA256); same != c.same || other != c.other {
			t.Errorf("%s/%s %.1s: decided %v, other accepted %v", c.d.Supplier, c.d.DeliveryID, c.d.ManifestSHA256[63:], same, other)
		}
	}
}

func TestQuarantineShowsTheStandingManifest(t *testing.T) {
	e := startEngine(t)
	e.start(t)
	entry := func(d *sending, row int64) schemas.Quarantined {
		return schemas.Quarantined{LoadID: d.LoadID, Record: "coa_stay", File: "a.jsonl", Row: row, Field: "start", Rule: schemas.NotADate}
	}
	r1 := newSending("coa", "refused", "2026-02-01", "a").refused(schemas.QuarantineOverLimit)
	r2 := newSending("coa", "refused", "2026-02-01", "b").refused(schemas.QuarantineOverLimit)
	a1 := newSending("coa", "accepted", "2026-02-01", "a").file("coa_stay", "a.jsonl", 1)
	a2 := newSending("coa", "accepted", "2026-02-01", "b").refused(schemas.DeliveryIDReused)
	open := newSending("coa", "undecided", "2026-02-01", "a")
	for range 2 { // repeats count once
		e.sendQuarantined(t, entry(r1, 1), entry(r2, 2), entry(r2, 3), entry(a1, 4), entry(a2, 5), entry(open, 6))
	}
	e.decide(t, r1, a1)
	e.decide(t, r2, a2)
	got := e.text(t, "SELECT arrayStringConcat(groupArray(concat(delivery_id, ' ', record, ' ', file, ' ', toString(row), ' ', field, ' ', rule)), '; ') FROM ("+delivery.QuarantineQuery()+")")
	want := "accepted coa_stay a.jsonl 4 start not_a_date; refused coa_stay a.jsonl 2 start not_a_date; refused coa_stay a.jsonl 3 start not_a_date"
	if got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

func TestReleaseAcceptsWhatWasHeld(t *testing.T) {
	e := startEngine(t)
	e.start(t)
	before := newSending("coa", "d1", "2026-01-01", "a").file("coa_stay", "a.jsonl", 0, upTo(1000)...)
	held := newSending("coa", "d2", "2026-02-01", "a").file("coa_stay", "a.jsonl", 1, upTo(799)...)
	refused := newSending("coa", "d3", "2026-03-01", "a").refused(schemas.HashMismatch)
	e.sendDelivery(t, before)
	e.sendDelivery(t, held)
	verdicts := e.decide(t, held, refused, before)
	if v := verdicts[1]; v.DeliveryID != "d2" || v.Reason != schemas.ImplausibleShrink || v.RowsAccepted != 0 || strings.Contains(v.Detail, "doorstroom") {
		t.Fatalf("the shrunken delivery is %+v", v)
	}
	for _, id := range []string{"d1", "d3", "d9"} {
		if err := delivery.Release(t.Context(), e.db, "", id, "tester", "test"); !errors.Is(err, delivery.ErrNotHeld) {
			t.Errorf("releasing %s: %v", id, err)
		}
	}
	if err := delivery.Release(t.Context(), e.db, "coa", "d9", "tester", "test"); err == nil || !strings.Contains(err.Error(), "those that could be released are coa/d2") {
		t.Errorf("the error does not name what is held: %v", err)
	}
	must(t, delivery.Release(t.Context(), e.db, "", "d2", "tester", "a tent camp closed"))
	if got := e.text(t, "SELECT concat(status, reason, toString(rows_in_files), '=', toString(rows_accepted), '+', toString(rows_quarantined)) FROM ops.delivery FINAL WHERE delivery_id = 'd2'"); got != "accepted800=799+1" {
		t.Errorf("after the release it is %s", got)
	}
	if got := e.text(t, "SELECT concat(who, ' ', action, ' ', subject, ' ', why) FROM ops.operator_action"); got != "tester release coa/d2 a tent camp closed" {
		t.Errorf("noted was %s", got)
	}
	if err := delivery.Release(t.Context(), e.db, "", "d2", "tester", "again"); !errors.Is(err, delivery.ErrNotHeld) {
		t.Errorf("releasing twice: %v", err)
	}
}

// TestControlTotalOfRaw: what a file's control total came to over the accepted rows is what the raw table adds up to.
func TestControlTotalOfRaw(t *testing.T) {
	e := startEngine(t)
	e.start(t)
	right := newSending("uwv", "right", "2026-02-01", "a").file("uwv_employment", "w.parquet", 1, 1, 2, 4).file("uwv_employment", "none.parquet", 2)
	right.Files[0].ControlField, right.Files[0].ControlAccepted = "wage_sv", "-370370367036" // three of sampleValue
	right.Files[1].ControlField, right.Files[1].ControlAccepted = "hours_paid", "0"
	other := newSending("uwv", "other", "2026-03-01", "a").file("uwv_employment", "w.parquet", 0, 1, 2)
	other.Files[0].ControlField, other.Files[0].ControlAccepted = "hours_paid", "7"
	e.sendDelivery(t, right)
	e.sendDelivery(t, other)
	verdicts, err := e.tryDecide(t, right, other)
	if err == nil || !strings.Contains(err.Error(), "delivery other of uwv cannot be decided: table raw.uwv_employment holds another control total of hours_paid than was read of file w.parquet") {
		t.Errorf("the error is %v", err)
	}
	if len(verdicts) != 1 || verdicts[0].DeliveryID != "right" || verdicts[0].Status != delivery.Accepted {
		t.Errorf("verdicts are %v, want right accepted only", verdicts)
	}
}
