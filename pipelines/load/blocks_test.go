package load

import (
	"context"
	"testing"
	"time"

	"doorstroom/schemas"
)

// testBlocks are small blocks of a table, and a function that adds rows to one of them.
func testBlocks(t *testing.T) (*blocks, func(rows int)) {
	t.Helper()
	b := newBlocks(2, 10, func() columns { return newColumns("coa_stay") })
	row, _ := sample(schemas.RecordOf("coa_stay"), true)
	msg := row.AppendAvro(nil, schemas.Position{})
	return b, func(rows int) {
		k, err := b.take(t.Context())
		must(t, err)
		for range rows {
			must(t, k.append(msg))
		}
		b.give(k)
	}
}

// firstOf is what there is to insert first. A test that would wait for it for ever fails after a minute.
func firstOf(t *testing.T, b *blocks) *block {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	k, err := b.first(ctx)
	if err != nil {
		t.Fatalf("nothing came that can be inserted: %v", err)
	}
	return k
}

func TestFullBlocksComeFirstAndTheRestWhenItIsQuiet(t *testing.T) {
	b, add := testBlocks(t)
	add(4)
	add(6) // into the same block, which is full now
	add(3)
	for _, want := range []int{10, 3} {
		k := firstOf(t, b)
		if k.rows() != want {
			t.Errorf("got a block of %d rows, want %d", k.rows(), want)
		}
		b.recycle(k)
	}
}

// TestNoRowIsLeftBehind takes a full block after the wake-up for a part of one, as an INSERT that ends by its size does.
func TestNoRowIsLeftBehind(t *testing.T) {
	b, add := testBlocks(t)
	add(3)
	<-b.dirty
	k := firstOf(t, b)
	if k.rows() != 3 {
		t.Errorf("got a block of %d rows, want 3", k.rows())
	}
}

func TestReadersWaitWhenAllBlocksAreInUse(t *testing.T) {
	b, add := testBlocks(t)
	add(10)
	add(10)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := b.take(ctx); err == nil {
		t.Error("a third block was given out of two")
	}
	sent := firstOf(t, b)
	sent.spans = append(sent.spans, new(partition).begin(1))
	b.recycle(sent)
	k, err := b.take(t.Context())
	must(t, err)
	if k.rows() != 0 || len(k.spans) != 0 {
		t.Errorf("a block came back with %d rows and %d ranges of what it held", k.rows(), len(k.spans))
	}
}
