package load

import "sync"

// partition keeps which offsets of one Kafka partition are in the store. Blocks
// may be confirmed in any order; the offset to commit only moves past a range
// when everything before it is confirmed, so it never goes back.
type partition struct {
	topic string
	id    int
	// committed is what the group stands at; only the committer looks at it once reading has begun.
	committed int64

	mu      sync.Mutex
	stored  int64 // everything before it is in the store
	pending []*span
}

// span is a range of offsets [from, to) on its way into the store.
type span struct {
	of   *partition
	to   int64
	done bool
}

// start says from where the partition is read.
func (p *partition) start(offset int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stored = offset
}

// begin notes the next range, which ends before offset to.
func (p *partition) begin(to int64) *span {
	s := &span{of: p, to: to}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pending = append(p.pending, s)
	return s
}

// confirm says that the range is in the store.
func (s *span) confirm() {
	p := s.of
	p.mu.Lock()
	defer p.mu.Unlock()
	s.done = true
	for len(p.pending) > 0 && p.pending[0].done {
		p.stored = max(p.stored, p.pending[0].to)
		p.pending = p.pending[1:]
	}
}

// position is the offset to commit.
func (p *partition) position() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.stored
}
