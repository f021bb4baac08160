// Package memory shares out what files that are read side by side may take of
// memory, so that the whole stays bounded however many there are.
package memory

import (
	"context"
	"fmt"
	"runtime"
	"sync"

	"golang.org/x/sync/semaphore"
)

const (
	// groupLimit is how long the pages of a row group that are needed at a time,
	// one of each column, and their dictionaries may be, unpacked.
	groupLimit = 256 << 20
	// poolLimit is what the pages of all row groups that are read at a time may
	// take together, one excepted.
	poolLimit = 192 << 20
	// poolStep is how much a row group takes of the pool at a time.
	poolStep = 1 << 20
)

// Pool is what all files that are read at a time share. Files are read side
// by side, and each within its own limits, but not all of them may come near
// those at once: a row group takes what its pages need from a pool as it needs
// it, and when the pool is empty, waits to be the one that may go beyond. That
// one waits for nothing, so it ends, and the next may go on. Likewise one file
// with a large footer is open at a time.
type Pool struct {
	pool *semaphore.Weighted
	// beyond and footer hold one token each.
	beyond, footer *semaphore.Weighted
}

// NewPool makes a Pool that nothing has been taken of.
func NewPool() *Pool {
	return &Pool{pool: semaphore.NewWeighted(poolLimit), beyond: semaphore.NewWeighted(1), footer: semaphore.NewWeighted(1)}
}

// Share is what one file has of a Pool.
type Share struct {
	of  *Pool
	ctx context.Context

	mu     sync.Mutex
	footer bool
}

// Share makes the share of a file, which is to be closed when nothing of the
// file is read any more. ctx ends all waiting.
func (m *Pool) Share(ctx context.Context) *Share { return &Share{of: m, ctx: ctx} }

// Close gives back what the file itself took.
func (s *Share) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.footer {
		s.of.footer.Release(1)
		s.footer = false
	}
}

// LargeFooter waits until no other file has a large footer open. A nil Share has all it wants.
func (s *Share) LargeFooter() error {
	if s == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.footer {
		return nil
	}
	if err := s.of.footer.Acquire(s.ctx, 1); err != nil {
		return err
	}
	s.footer = true
	return nil
}

// Group makes the memory of a row group of the file, which is to be closed. A nil
// Share has no other bound than groupLimit.
func (s *Share) Group() *Group { return &Group{share: s} }

// Group is what the columns of a row group share.
type Group struct {
	share *Share // nil for no other bound than groupLimit
	// pages is how long the pages are that they have now, by which a row group
	// is measured; used is what these take, pooled what was taken of the pool for it.
	pages, used, pooled int64
	beyond              bool
	// Packed is the page that is being unpacked, of whichever column.
	Packed     []byte
	packedHeld int64
}

// Held is what one column has: the pages of its dictionary and its values, and
// what these and the dictionary's values take.
type Held struct{ Dictionary, Values, pages, bytes int64 }

// ErrTooMuch says that the pages of a row group are longer than groupLimit.
var ErrTooMuch = fmt.Errorf("it and the pages of other columns that are needed with it take more than %d MiB together; write pages of 1 MiB, say", groupLimit>>20)

// Take changes what a column holds to a page of a length, which takes a number
// of bytes, beside its dictionary. It waits for other row groups, and gives
// ErrTooMuch when there can be no room.
func (m *Group) Take(h *Held, page, bytes, packed int64) error {
	pages, bytes := h.Dictionary+page, h.Dictionary+h.Values+bytes
	m.pages += pages - h.pages
	m.used += bytes - h.bytes + packed - m.packedHeld
	h.pages, h.bytes, m.packedHeld = pages, bytes, packed
	if m.pages > groupLimit {
		return ErrTooMuch
	}
	if m.share == nil || m.beyond || m.used <= m.pooled {
		return nil
	}
	more := (m.used - m.pooled + poolStep - 1) / poolStep * poolStep
	if m.share.of.pool.TryAcquire(more) {
		m.pooled += more
		return nil
	}
	if err := m.share.of.beyond.Acquire(m.share.ctx, 1); err != nil {
		return err
	}
	// The pages of the one before are not to lie about beside those of this one.
	runtime.GC()
	m.beyond = true
	return nil
}

// Close gives everything back.
func (m *Group) Close() {
	if m.pooled > 0 {
		m.share.of.pool.Release(m.pooled)
	}
	if m.beyond {
		m.share.of.beyond.Release(1)
	}
	*m = Group{}
}
