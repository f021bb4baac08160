package load

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// flushIdle is how long a table waits for more before it sends a block that is not full.
	flushIdle = 200 * time.Millisecond
	// flushAge is how long the first row of such a block may wait while others keep coming.
	flushAge = 2 * time.Second
)

// block is rows of one table on their way, with the offsets that they came from.
type block struct {
	columns
	spans []*span
}

// blocks hands the blocks of a table around: readers of all partitions fill
// open ones, full ones go to the inserter, which gives them back empty. With
// all in use, readers wait: that is the brake on the whole stream.
type blocks struct {
	rows   int           // a block with so many goes to the server; a fetch is never split, so it can hold somewhat more
	tokens chan struct{} // one for each block in open
	full   chan *block
	dirty  chan struct{} // tells the inserter that an open block holds rows

	mu      sync.Mutex
	open    []*block
	touched atomic.Int64 // when rows were last added, nanoseconds since started
}

var started = time.Now() // a clock that does not jump

// newBlocks makes n blocks, full at the given number of rows: that bounds the memory of the table.
func newBlocks(n, rows int, empty func() columns) *blocks {
	b := &blocks{
		rows:   rows,
		tokens: make(chan struct{}, n),
		full:   make(chan *block, n),
		dirty:  make(chan struct{}, 1),
	}
	for range n {
		b.put(&block{columns: empty()})
	}
	return b
}

// take waits for an open block, the fullest at hand.
func (b *blocks) take(ctx context.Context) (*block, error) {
	select {
	case <-b.tokens:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.remove(b.fullest()), nil
}

// give returns a block after rows were added to it.
func (b *blocks) give(k *block) {
	b.touched.Store(int64(time.Since(started)))
	rows := k.rows()
	if rows >= b.rows {
		b.full <- k // never waits: there is room for every block
		return
	}
	b.put(k) // from here on it is somebody else's
	if rows > 0 {
		b.wake()
	}
}

func (b *blocks) wake() {
	select {
	case b.dirty <- struct{}{}:
	default:
	}
}

// wakeForRest wakes the inserter for rows that an earlier INSERT, ended by its size, left in open blocks.
func (b *blocks) wakeForRest() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.open) > 0 && b.open[b.fullest()].rows() > 0 {
		b.wake()
	}
}

func (b *blocks) put(k *block) {
	b.mu.Lock()
	b.open = append(b.open, k)
	b.mu.Unlock()
	b.tokens <- struct{}{}
}

// recycle empties a block that was sent.
func (b *blocks) recycle(k *block) {
	k.reset()
	k.spans = k.spans[:0]
	b.put(k)
}

// takePart gives an open block with rows without waiting, nil when there is none.
func (b *blocks) takePart() *block {
	select {
	case <-b.tokens:
	default:
		return nil
	}
	b.mu.Lock()
	i := b.fullest()
	if b.open[i].rows() > 0 {
		defer b.mu.Unlock()
		return b.remove(i)
	}
	b.mu.Unlock()
	b.tokens <- struct{}{}
	return nil
}

func (b *blocks) fullest() (best int) {
	for i, k := range b.open {
		if k.rows() > b.open[best].rows() {
			best = i
		}
	}
	return best
}

func (b *blocks) remove(i int) *block {
	k := b.open[i]
	last := len(b.open) - 1
	b.open[i] = b.open[last]
	b.open = b.open[:last]
	return k
}

// idle tells how long no rows came.
func (b *blocks) idle() time.Duration {
	return time.Since(started) - time.Duration(b.touched.Load())
}

// first waits for something to insert: a full block, or a part of one when no more rows come.
func (b *blocks) first(ctx context.Context) (*block, error) {
	b.wakeForRest()
	for {
		select {
		case k := <-b.full:
			return k, nil
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-b.dirty:
			if k := b.next(ctx, flushAge); k != nil {
				return k, nil
			}
		}
	}
}

// next waits for a full block; when rows stop coming, or after the given time,
// it settles for a part of one, and gives nil when there is none.
func (b *blocks) next(ctx context.Context, atMost time.Duration) *block {
	end := time.Now().Add(atMost)
	for {
		left := min(flushIdle-b.idle(), time.Until(end))
		if left <= 0 {
			return b.takePart()
		}
		timer := time.NewTimer(left)
		select {
		case k := <-b.full:
			timer.Stop()
			return k
		case <-ctx.Done():
			timer.Stop()
			return nil
		case <-timer.C:
		}
	}
}
