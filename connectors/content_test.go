package connectors_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"doorstroom/connectors/connectortest"
	"doorstroom/schemas"
)

// TestWhatIsCountedWhileReading: the digest of what was accepted, over parts and files; how many accepted rows fill a
// field; and per file the columns that no row fills, good or bad.
func TestWhatIsCountedWhileReading(t *testing.T) {
	h := connectortest.New(t)
	stay := func(id, more string) string {
		return `{"recordnummer":"` + id + `","pseudoniem_v":"` + pseudonym + `","locatie":"azc","gemeentecode":"0014","begindatum":"2023-01-01"` + more + "}\n"
	}
	connectortest.Delivery{Supplier: "coa", ID: "d", Files: []connectortest.File{
		{Name: "b.jsonl", Record: "coa_stay", Format: "jsonl", Rows: 4, Data: []byte(stay("a", `,"einddatum":"2023-02-01"`) +
			stay("b", `,"einddatum":"2023-02-01","pseudoniem_b":"`+pseudonym+`"`) + stay("c", `,"einddatum":""`) + stay("", `,"einddatum":"2023-02-01"`))},
		{Name: "a.jsonl", Record: "coa_stay", Format: "jsonl", Rows: 1, Data: []byte(stay("d", ""))},
		{Name: "c.jsonl", Record: "coa_stay", Format: "jsonl", Rows: 2, Data: []byte(stay("e", "") + stay("", `,"einddatum":"x"`))},
		{Name: "none.jsonl", Record: "coa_stay", Format: "jsonl"},
	}}.Write(t, h.Landing)
	closed := h.MustRead()[0]
	if want := map[string]uint64{"pseudonym_v": 5, "pseudonym_b": 1, "end": 2}; closed.Reason != "" || !maps.Equal(closed.Records[0].Filled, want) {
		t.Errorf("reason %q, filled %v, want %v", closed.Reason, closed.Records[0].Filled, want)
	}
	unfilled := map[string][]string{}
	for _, f := range closed.Files {
		unfilled[f.Name] = f.UnfilledColumns
	}
	if len(unfilled["b.jsonl"]) > 0 || len(unfilled["c.jsonl"]) > 0 || len(unfilled["none.jsonl"]) > 0 || !slices.Equal(unfilled["a.jsonl"], []string{"einddatum"}) {
		t.Errorf("no row fills %v", unfilled)
	}

	// What the messages hold, decoded, gives the same digests under the reader's key.
	sums := map[int32]schemas.Digest{}
	row := schemas.RecordOf("coa_stay").New()
	for _, m := range h.Messages("doorstroom.coa_stay") {
		at, err := row.DecodeAvro(m.Value[5:])
		if err != nil {
			t.Fatal(err)
		}
		sum := sums[at.FileNo]
		sum.Add(h.Key.Of(row.AppendStored(nil, at)))
		sums[at.FileNo] = sum
	}
	for _, f := range closed.Files {
		if f.Digest != sums[f.FileNo] || (f.RowsAccepted > 0) != (f.Digest != schemas.Digest{}) {
			t.Errorf("%s: the digest is not that of its rows", f.Name)
		}
	}
	for _, m := range h.Messages(schemas.ControlTopic) {
		var any map[string]json.RawMessage
		if err := json.Unmarshal(m.Value, &any); err != nil || strings.Contains(strings.ToLower(string(m.Value)), "digest") {
			t.Errorf("a control message holds a digest, or is not JSON: %v", err)
		}
	}
}

// TestRecordTwiceInItsOrder: it comes behind the quarantine, in full deliveries only, and of municipalities the
// municipality belongs to the record. Rows that were put aside do not count.
func TestRecordTwiceInItsOrder(t *testing.T) {
	h := connectortest.New(t)
	row := func(id, code string) string { return id + ";" + pseudonym + ";" + code + ";01-02-2023;;;\n" }
	two := func(id, data string, rows int) connectortest.Delivery {
		d := residence(id, csvHeader+data, rows)
		d.Municipalities = []string{"0014", "0034"}
		return d
	}
	for _, c := range []struct {
		d      connectortest.Delivery
		reason schemas.Reason
		detail string
	}{
		{two("twice", row("a", "0014")+row("b", "0014")+row("a", "0014"), 3), schemas.RecordTwice, "municipality_residence: row 1 of r.csv and row 3 of r.csv have the same recordnummer and gemeentecode"},
		{two("two-municipalities", row("a", "0014")+row("a", "0034"), 2), "", ""},
		{two("one-put-aside", row("a", "0014")+row("a", "9999")+row("b", "0014"), 3), "", ""},
		{two("quarantine-first", row("a", "0014")+row("a", "0014")+strings.Repeat(row("a", "9999"), 11), 13), schemas.QuarantineOverLimit, "municipality_residence: 11 of 13"},
		{says(permits("a-mutation", strings.ReplaceAll(permit("a", "1990")+permit("a", "1990"), `{"`, `{"mutatie":"T","`), 2, ""), "mode", "mutation"), "", ""},
		{permits("an-id", permit("secret-id", "1990")+permit("secret-id", "1991"), 2, ""), schemas.RecordTwice, "coa_permit: row 1 of p.jsonl and row 2 of p.jsonl have the same recordnummer;"},
	} {
		c.d.Write(t, h.Landing)
		closed := h.MustRead()[0]
		if closed.Reason != c.reason || !strings.HasPrefix(closed.Detail, c.detail) || strings.Contains(closed.Detail, "secret") {
			t.Errorf("%s: %q, %s", c.d.ID, closed.Reason, closed.Detail)
		}
		h.Known.Decide(closed.Supplier, closed.DeliveryID, closed.ManifestSHA256, false)
	}
}
