package load

import (
	"context"
	"testing"
	"time"

	"go.uber.org/zap"

	"doorstroom/schemas"
)

// TestFailedInsertConfirmsNothing: what the server did not take stays to be read again, and counts for nothing.
func TestFailedInsertConfirmsNothing(t *testing.T) {
	const record = "coa_stay"
	e := startEngine(t)
	empty := func() columns { return newColumns(record) }
	b := newBlocks(1, 1, empty)
	i := newInserter("raw.not_there", b, empty())
	i.dial, i.log = e.db.Bulk, zap.NewNop()
	i.confirmed = func(rows int) { t.Errorf("%d rows count as confirmed", rows) }
	p := &partition{topic: schemas.RecordOf(record).Topic()}
	k, err := b.take(t.Context())
	must(t, err)
	row, _ := sample(schemas.RecordOf(record), true)
	must(t, k.append(row.AppendAvro(nil, schemas.Position{LoadID: 1, RowNo: 1})))
	k.spans = append(k.spans, p.begin(5))
	b.give(k)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second) // what takes a failure for a success goes on for ever
	defer cancel()
	if err := i.run(ctx); err == nil {
		t.Error("an INSERT into a table that is not there gave no error")
	}
	if at := p.position(); at != 0 {
		t.Errorf("offset %d may be committed, want 0", at)
	}
}
