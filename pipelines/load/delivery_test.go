package load

import (
	"fmt"
	"testing"

	"doorstroom/pipelines/delivery"
	"doorstroom/schemas"
)

// sending is a closed delivery under construction, with the messages that belong to it.
type sending struct {
	schemas.Closed
	messages map[string][][]byte // by topic
	stored   [][][]byte          // by file, the accepted rows as the raw table has to hold them
}

// newSending starts a full delivery; its manifest hash is made from its id and the given version of it.
func newSending(supplier, id, drawnOn, version string) *sending {
	d := &sending{messages: make(map[string][][]byte)}
	d.Supplier, d.DeliveryID, d.DrawnOn, d.Mode = supplier, id, drawnOn, "full"
	d.CoversFrom, d.CoversTo = "2026-01-01", "2026-01-31"
	d.ManifestSHA256 = fmt.Sprintf("%064s", version)
	d.LoadID = schemas.LoadID(supplier, id, d.ManifestSHA256)
	return d
}

// file adds a file with the rows of the given numbers accepted, and so many quarantined.
func (d *sending) file(record, name string, quarantined uint64, rows ...int64) *sending {
	r := schemas.RecordOf(record)
	f := schemas.FileTotals{Name: name, Record: record, FileNo: int32(len(d.Files)), SHA256: name, Bytes: 1,
		RowsInFile: uint64(len(rows)) + quarantined, RowsAccepted: uint64(len(rows)), RowsQuarantined: quarantined}
	row, _ := sample(r, true)
	var stored [][]byte
	for _, n := range rows {
		stored = append(stored, row.AppendStored(nil, schemas.Position{LoadID: d.LoadID, FileNo: f.FileNo, RowNo: n}))
		f.RowSum += uint64(n)
		f.RowSquares += uint64(n) * uint64(n)
		d.messages[r.Topic()] = append(d.messages[r.Topic()], message(record, row, schemas.Position{LoadID: d.LoadID, FileNo: f.FileNo, RowNo: n}))
	}
	d.Files, d.stored = append(d.Files, f), append(d.stored, stored)
	d.totals(record).RowsInFiles += f.RowsInFile
	d.totals(record).RowsAccepted += f.RowsAccepted
	d.totals(record).RowsQuarantined += f.RowsQuarantined
	return d
}

func (d *sending) totals(record string) *schemas.RecordTotals {
	for i := range d.Records {
		if d.Records[i].Record == record {
			return &d.Records[i]
		}
	}
	d.Records = append(d.Records, schemas.RecordTotals{Record: record})
	return &d.Records[len(d.Records)-1]
}

// refused marks the delivery as refused by the connector.
func (d *sending) refused(r schemas.Reason) *sending {
	d.Reason = r
	return d
}

func (e *engine) sendDelivery(t testing.TB, d *sending) {
	t.Helper()
	for topic, messages := range d.messages {
		e.send(t, topic, messages...)
	}
}

// decide decides and fails the test on an error.
func (e *engine) decide(t testing.TB, deliveries ...*sending) []delivery.Verdict {
	t.Helper()
	verdicts, err := e.tryDecide(t, deliveries...)
	must(t, err)
	return verdicts
}

func (e *engine) tryDecide(t testing.TB, deliveries ...*sending) ([]delivery.Verdict, error) {
	t.Helper()
	key, err := delivery.DigestKey(t.Context(), e.db)
	must(t, err)
	closed := make([]schemas.Closed, len(deliveries))
	for i, d := range deliveries {
		for f := range d.Files {
			d.Files[f].Digest = schemas.Digest{}
			for _, row := range d.stored[f] {
				d.Files[f].Digest.Add(key.Of(row))
			}
		}
		closed[i] = d.Closed
	}
	return e.decider.Decide(t.Context(), closed)
}

// upTo gives 1, 2, ..., n.
func upTo(n int) []int64 {
	rows := make([]int64, n)
	for i := range rows {
		rows[i] = int64(i) + 1
	}
	return rows
}
