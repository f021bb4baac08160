package load

import (
	"encoding/binary"
	"encoding/json"
	"testing"

	"doorstroom/schemas"
)

// FuzzRecordMessages reads messages as they come from a topic: one that is taken
// is one row more in every column, of the position that the record's own reader
// sees; one that is not leaves every column as it was.
func FuzzRecordMessages(f *testing.F) {
	const id = 7
	frame := binary.BigEndian.AppendUint32([]byte{0}, id)
	for i, r := range schemas.Records {
		for _, full := range []bool{false, true} {
			row, _ := sample(r, full)
			message := row.AppendAvro(append([]byte{}, frame...), schemas.Position{LoadID: 1 << 63, FileNo: 3, RowNo: 1 << 40})
			f.Add(uint8(i), message)
			f.Add(uint8(i), message[:len(message)-1])
			f.Add(uint8(i), append(message, 0))
		}
		f.Add(uint8(i), frame)
		f.Add(uint8(i), []byte{1, 0, 0, 0, id})
	}
	f.Fuzz(func(t *testing.T, no uint8, message []byte) {
		r := schemas.Records[int(no)%len(schemas.Records)]
		c, a := newColumns(r.Name), appender{ids: map[uint32]bool{id: true}}
		sound, _ := sample(r, true)
		good := sound.AppendAvro(append([]byte{}, frame...), schemas.Position{RowNo: 1})
		must(t, a.add(c, good))
		want := 1
		err := a.add(c, message)
		if err == nil {
			want++
			if _, broken := r.New().DecodeAvro(message[frameLen:]); broken != nil {
				t.Fatalf("%s: taken, but %v", r.Name, broken)
			}
		}
		must(t, a.add(c, good))
		want++
		if c.rows() != want {
			t.Fatalf("%s: %d rows, want %d (%v)", r.Name, c.rows(), want, err)
		}
		for _, column := range c.input() {
			if column.Data.Rows() != want {
				t.Fatalf("%s: column %s has %d rows of %d", r.Name, column.Name, column.Data.Rows(), want)
			}
		}
	})
}

// FuzzQuarantineMessages reads entries as they come from their topic: what is
// taken says where it is and which rule, and is what encoding/json reads.
func FuzzQuarantineMessages(f *testing.F) {
	for _, q := range []schemas.Quarantined{{}, {LoadID: 1<<64 - 1, Record: "coa_stay", File: "a.jsonl", Row: 1, Field: "start", Rule: schemas.NotADate}, {Record: "x", Row: -1, Rule: schemas.BadJSON}} {
		message, err := json.Marshal(q)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(message)
	}
	for _, s := range []string{"", "null", "[]", `{"row":1e3}`, `{"load_id":-1}`, `{"record":"\ud800","row":1,"rule":"x"}`, `{"RECORD":"x","row":9223372036854775808,"rule":"x"}`, "{\"record\":\"\xff\",\"row\":2,\"rule\":\"x\"}"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, message []byte) {
		c := new(quarantineColumns)
		err := (&appender{}).add(c, message)
		var q schemas.Quarantined
		sound := json.Unmarshal(message, &q) == nil && q.Row > 0 && q.Record != "" && q.Rule != ""
		if (err == nil) != sound {
			t.Fatalf("%v, but sound is %v", err, sound)
		}
		rows := 0
		if sound {
			rows = 1
			if c.loadID[0] != q.LoadID || c.row[0] != uint64(q.Row) || c.record.Row(0) != q.Record || c.rule.Row(0) != string(q.Rule) {
				t.Fatalf("another entry: %+v", q)
			}
		}
		for _, column := range c.input() {
			if column.Data.Rows() != rows {
				t.Fatalf("column %s has %d rows of %d", column.Name, column.Data.Rows(), rows)
			}
		}
	})
}
