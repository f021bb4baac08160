package decode_test

import (
	"bytes"
	"errors"
	"fmt"
	"runtime/metrics"
	"sort"
	"strings"
	"testing"

	"doorstroom/connectors/decode"
	"doorstroom/schemas"
)

// recorder is a row that only remembers what was set, as text.
type recorder struct {
	schemas.Row
	set map[int]string
}

func (r *recorder) Reset(schemas.Syntax) { r.set = map[int]string{} }
func (r *recorder) SetText(field int, text []byte) {
	if len(text) > 0 {
		r.set[field] = string(text)
	}
}
func (r *recorder) SetInt(field int, v int64)        { r.set[field] = fmt.Sprint("int ", v) }
func (r *recorder) SetHundredths(field int, v int64) { r.set[field] = fmt.Sprint("hundredths ", v) }
func (r *recorder) SetDate(field int, days int32)    { r.set[field] = fmt.Sprint("day ", days) }
func (r *recorder) SetWrongType(field int, _ string) { r.set[field] = "wrong type" }

// recorded is a record of the contract whose rows remember what was set.
func recorded(name string) *schemas.Record {
	r := *schemas.RecordOf(name)
	r.New = func() schemas.Row { return &recorder{} }
	return &r
}

// optional are the columns that a file may lack when its manifest says so.
func optional(r *schemas.Record) (columns []string) {
	for _, f := range r.Fields {
		if !f.Always {
			columns = append(columns, f.Column)
		}
	}
	return columns
}

// outcome is what was handed on of one record.
type outcome struct {
	whole schemas.Rule
	set   map[int]string
}

func (o outcome) String() string {
	var parts []string
	for field, text := range o.set {
		parts = append(parts, fmt.Sprintf("%d=%q", field, text))
	}
	sort.Strings(parts)
	return string(o.whole) + " " + strings.Join(parts, " ")
}

// errEnough ends the reading of a file that goes on and on.
var errEnough = errors.New("enough records")

// mostRecords is where reading is broken off: a Parquet page of a few bytes may
// say that a million values are absent.
const mostRecords = 20_000

// record reads a file of a recorded record. An error is the file's fault or the test's.
func record(t *testing.T, f decode.Format, r *schemas.Record, data []byte, change func(*decode.Input)) (all []outcome, result decode.Result, err error) {
	t.Helper()
	in := &decode.Input{Record: r, ColumnsAbsent: optional(r), File: bytes.NewReader(data), Size: int64(len(data))}
	if change != nil {
		change(in)
	}
	parts, err := f.Parts(in)
	for _, p := range parts {
		if err != nil {
			break
		}
		result, err = p.Read(func(row schemas.Row, whole schemas.Rule) error {
			if len(all) == mostRecords {
				return errEnough
			}
			all = append(all, outcome{whole, row.(*recorder).set})
			return nil
		})
	}
	var fault *decode.Fault
	switch {
	case errors.Is(err, errEnough):
		err = nil
	case err != nil && !errors.As(err, &fault):
		t.Fatalf("not a fault of the file: %v", err)
	case fault != nil && (fault.Detail == "" || fault.Reason == ""):
		t.Fatalf("a fault that says nothing: %+v", fault)
	}
	return all, result, err
}

// faultOf gives the fault of a file, nil when an error is none.
func faultOf(err error) *decode.Fault {
	var fault *decode.Fault
	if errors.As(err, &fault) {
		return fault
	}
	return nil
}

// again reads a file as the program does: of every record that breaks no rule
// the message decodes to itself.
func again(t *testing.T, f decode.Format, name string, data []byte, change func(*decode.Input)) (rows int, err error) {
	t.Helper()
	r := schemas.RecordOf(name)
	in := &decode.Input{Record: r, ColumnsAbsent: optional(r), File: bytes.NewReader(data), Size: int64(len(data))}
	if change != nil {
		change(in)
	}
	parts, err := f.Parts(in)
	back, at := r.New(), schemas.Position{LoadID: 1, RowNo: 1}
	for _, p := range parts {
		if err != nil {
			break
		}
		_, err = p.Read(func(row schemas.Row, whole schemas.Rule) error {
			if rows++; rows > mostRecords {
				return errEnough
			}
			if whole != "" || len(row.Validate(&schemas.Context{DrawnYear: 2024, Municipalities: []schemas.Code{1, 2, 3}})) > 0 {
				return nil
			}
			message := row.AppendAvro(nil, at)
			position, err := back.DecodeAvro(message)
			if err != nil || position != at || !bytes.Equal(back.AppendAvro(nil, position), message) {
				t.Fatalf("a good record is another after encoding: %v", err)
			}
			return nil
		})
	}
	if errors.Is(err, errEnough) {
		rows, err = mostRecords, nil
	}
	return rows, err
}

// bounded fails when work takes more memory, freed memory included, than most bytes.
func bounded(t *testing.T, most uint64, work func()) {
	t.Helper()
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	before := sample[0].Value.Uint64()
	work()
	metrics.Read(sample)
	if took := sample[0].Value.Uint64() - before; took > most {
		t.Errorf("took %d bytes, may take %d", took, most)
	}
}
