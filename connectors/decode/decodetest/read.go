package decodetest

import (
	"bytes"
	"errors"
	"testing"

	"doorstroom/connectors/decode"
	"doorstroom/schemas"
)

// MostRecords is where reading is broken off: a Parquet page of a few bytes may
// say that a million values are absent.
const MostRecords = 20_000

// errEnough ends the reading of a file that goes on and on.
var errEnough = errors.New("enough records")

// Read reads a file of a record whose rows are Recorders. change, unless nil,
// alters how the file is read. The error is the file's fault; any other fails the test.
func Read(t testing.TB, f decode.Format, r *schemas.Record, data []byte, change func(*decode.Input)) (all []Outcome, result decode.Result, err error) {
	t.Helper()
	result, err = read(t, f, r, data, change, func(row schemas.Row, whole schemas.Rule) error {
		if len(all) == MostRecords {
			return errEnough
		}
		all = append(all, Outcome{whole, row.(*Recorder).Set})
		return nil
	})
	return all, result, err
}

// RoundTrip reads a file of the named record as the program does, and holds that
// of every record that breaks no rule the message decodes to itself.
func RoundTrip(t testing.TB, f decode.Format, name string, data []byte, change func(*decode.Input)) (rows int, err error) {
	t.Helper()
	r := schemas.RecordOf(name)
	back, at := r.New(), schemas.Position{LoadID: 1, RowNo: 1}
	_, err = read(t, f, r, data, change, func(row schemas.Row, whole schemas.Rule) error {
		if rows == MostRecords {
			return errEnough
		}
		rows++
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
	return rows, err
}

// read hands the records of a file to emit until that has had enough.
func read(t testing.TB, f decode.Format, r *schemas.Record, data []byte, change func(*decode.Input), emit decode.Emit) (result decode.Result, err error) {
	t.Helper()
	in := &decode.Input{Record: r, ColumnsAbsent: Optional(r), File: bytes.NewReader(data), Size: int64(len(data))}
	if change != nil {
		change(in)
	}
	parts, err := f.Parts(in)
	for _, p := range parts {
		if err != nil {
			break
		}
		result, err = p.Read(emit)
	}
	if errors.Is(err, errEnough) {
		err = nil
	}
	if fault := FaultOf(err); err != nil && (fault == nil || fault.Detail == "" || fault.Reason == "") {
		t.Fatalf("not a fault of the file, or one that says nothing: %v", err)
	}
	return result, err
}

// FaultOf gives the fault of a file, nil when an error is none.
func FaultOf(err error) *decode.Fault {
	var fault *decode.Fault
	if errors.As(err, &fault) {
		return fault
	}
	return nil
}
