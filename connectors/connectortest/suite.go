package connectortest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"doorstroom/connectors"
	"doorstroom/schemas"
)

// Sample makes a file of a format with that many sound records and, behind
// them, broken ones. A broken record must hold the text "geheim" as a value.
type Sample func(t *testing.T, format string, sound, broken int) File

// Suite is what every connector must pass, for each of its formats. Add a
// supplier to connectors.All, give its folder a test that calls Suite, and what
// fails is what is left to do.
func Suite(t *testing.T, c connectors.Connector, sample Sample, codes ...string) {
	if !slices.Contains(schemas.Suppliers, c.Supplier()) {
		t.Fatalf("%q is not a supplier of the contract", c.Supplier())
	}
	if !slices.ContainsFunc(connectors.All(), func(o connectors.Connector) bool { return o.Supplier() == c.Supplier() }) {
		t.Fatalf("%s is not in connectors.All", c.Supplier())
	}
	h := New(t)
	for _, f := range c.Formats() {
		t.Run(f.Name, func(t *testing.T) {
			s := suite{Harness: h, t: t, connector: c, format: f.Name, sample: sample, codes: codes}
			t.Run("every record is on its topic once", s.sound)
			t.Run("a broken record is put aside without its values", s.broken)
			t.Run("a broken file refuses its delivery", s.damaged)
			t.Run("reading again gives the same", s.again)
		})
	}
}

type suite struct {
	*Harness
	t         *testing.T
	connector connectors.Connector
	format    string
	sample    Sample
	codes     []string
}

// read delivers files in a fresh landing folder and reads them.
func (s suite) read(t *testing.T, files ...File) schemas.Closed {
	t.Helper()
	for i := range files {
		files[i].Format, files[i].Name = s.format, fmt.Sprintf("f%d", i)
	}
	s.Landing = t.TempDir()
	Delivery{Supplier: s.connector.Supplier(), ID: "d", Municipalities: s.codes, Files: files}.Write(t, s.Landing)
	closed := s.MustRead()
	if len(closed) != 1 {
		t.Fatalf("%d deliveries closed", len(closed))
	}
	return closed[0]
}

// of gives the messages of one delivery, by file and row.
func (s suite) of(c schemas.Closed) map[schemas.Position][]byte {
	messages := map[schemas.Position][]byte{}
	for _, r := range c.Records {
		record := schemas.RecordOf(r.Record)
		row := record.New()
		for _, m := range s.Messages(record.Topic()) {
			at, err := row.DecodeAvro(m.Value[5:])
			if err != nil {
				s.t.Fatal(err)
			}
			if at.LoadID == c.LoadID {
				messages[at] = m.Value
			}
		}
	}
	return messages
}

func (s suite) sound(t *testing.T) {
	c := s.read(t, s.sample(t, s.format, 500, 0))
	if c.Reason != "" || c.Records[0].RowsAccepted != 500 || len(s.of(c)) != 500 {
		t.Errorf("%s (%s), %+v, %d messages", c.Reason, c.Detail, c.Records, len(s.of(c)))
	}
}

func (s suite) broken(t *testing.T) {
	c := s.read(t, s.sample(t, s.format, 20, 2))
	if c.Reason != "" || c.Records[0].RowsQuarantined != 2 || c.Records[0].RowsAccepted != 20 {
		t.Errorf("%s (%s), %+v", c.Reason, c.Detail, c.Records)
	}
	rows := map[int64]bool{}
	for _, q := range s.Quarantined() {
		if q.LoadID == c.LoadID {
			rows[q.Row] = true
		}
	}
	if !rows[21] || !rows[22] || len(rows) != 2 {
		t.Errorf("rows %v are quarantined, not 21 and 22", rows)
	}
	text, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range append(s.Messages(schemas.QuarantineTopic), Message{Value: text}) {
		if bytes.Contains(m.Value, []byte("geheim")) {
			t.Errorf("a value got out: %s", m.Value)
		}
	}
}

// damaged cuts the file off: what is left must not pass for a delivery.
func (s suite) damaged(t *testing.T) {
	whole := s.sample(t, s.format, 50, 0)
	for _, part := range []int{0, 1, 10, len(whole.Data) / 2, len(whole.Data) * 3 / 4} {
		f := whole
		f.Data = whole.Data[:part]
		if c := s.read(t, f); c.Reason == "" {
			t.Errorf("a file cut to %d bytes is taken", part)
		} else if c.Detail == "" {
			t.Error("no word on what is wrong")
		}
	}
}

func (s suite) again(t *testing.T) {
	files := []File{s.sample(t, s.format, 50, 1), s.sample(t, s.format, 70, 0)}
	if s.format == "json" {
		files = files[:1]
	}
	first := s.read(t, files...)
	messages := s.of(first)
	second := s.MustRead()[0]
	a, _ := json.Marshal(first)
	b, _ := json.Marshal(second)
	if !bytes.Equal(a, b) {
		t.Errorf("first %s\nthen %s", a, b)
	}
	for at, m := range s.of(second) {
		if !bytes.Equal(messages[at], m) {
			t.Errorf("row %d is another message", at.RowNo)
		}
	}
	if len(s.of(second)) != len(messages) {
		t.Errorf("%d messages, then %d", len(messages), len(s.of(second)))
	}
}
