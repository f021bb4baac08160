package decode

import (
	"context"
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

// Memory is what all files that are read at a time share. Files are read side
// by side, and each within its own limits, but not all of them may come near
// those at once: a row group takes what its pages need from a pool as it needs
// it, and when the pool is empty, waits to be the one that may go beyond. That
// one waits for nothing, so it ends, and the next may go on. Likewise one file
// with a large footer is open at a time.
type Memory struct {
	pool *semaphore.Weighted
	// beyond and footer hold one token each.
	beyond, footer *semaphore.Weighted
}

// NewMemory makes a Memory that nothing has been taken of.
func NewMemory() *Memory {
	return &Memory{pool: semaphore.NewWeighted(poolLimit), beyond: semaphore.NewWeighted(1), footer: semaphore.NewWeighted(1)}
}

// Share is what one file has of a Memory.
type Share struct {
	of  *Memory
	ctx context.Context

	mu     sync.Mutex
	footer bool
}

// Share makes the share of a file, which is to be closed when nothing of the
// file is read any more. ctx ends all waiting.
func (m *Memory) Share(ctx context.Context) *Share { return &Share{of: m, ctx: ctx} }

// Close gives back what the file itself took.
func (s *Share) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.footer {
		s.of.footer.Release(1)
		s.footer = false
	}
}

// largeFooter waits until no other file has a large footer open. A nil Share has all it wants.
func (s *Share) largeFooter() error {
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

// groupMemory is what the columns of a row group share.
type groupMemory struct {
	share *Share // nil for no other bound than groupLimit
	// pages is how long the pages are that they have now, by which a row group
	// is measured; used is what these take, pooled what was taken of the pool for it.
	pages, used, pooled int64
	beyond              bool
	// packed is the page that is being unpacked, of whichever column.
	packed     []byte
	packedHeld int64
}

// held is what one column has: the pages of its dictionary and its values, and
// what these and the dictionary's values take.
type held struct{ dictionary, values, pages, bytes int64 }

// errMemory says that the pages of a row group are longer than groupLimit.
var errMemory = damaged("it and the pages of other columns that are needed with it take more than %d MiB together; write pages of 1 MiB, say", groupLimit>>20)

// take changes what a column holds to a page of a length, which takes a number
// of bytes, beside its dictionary. It waits for other row groups, and gives
// errMemory when there can be no room.
func (m *groupMemory) take(h *held, page, bytes, packed int64) error {
	pages, bytes := h.dictionary+page, h.dictionary+h.values+bytes
	m.pages += pages - h.pages
	m.used += bytes - h.bytes + packed - m.packedHeld
	h.pages, h.bytes, m.packedHeld = pages, bytes, packed
	if m.pages > groupLimit {
		return errMemory
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

// close gives everything back.
func (m *groupMemory) close() {
	if m.pooled > 0 {
		m.share.of.pool.Release(m.pooled)
	}
	if m.beyond {
		m.share.of.beyond.Release(1)
	}
	*m = groupMemory{}
}
