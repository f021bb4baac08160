package route

import (
	"slices"
	"strings"
)

// employers numbers the employers of one person and groups intervals by them.
type employers struct {
	ordinals
	ranked []int32 // ordinals by pseudonym
	next   []int32 // per ordinal, where its next interval goes
}

// groupByEmployer fills byJob: the positions of the intervals by employer
// pseudonym, then start.
func (b *Builder) groupByEmployer() {
	e := &b.jobs
	e.ranked, e.next = e.ranked[:0], e.next[:0]
	for i := range e.names {
		e.ranked, e.next = append(e.ranked, int32(i)), append(e.next, 0)
	}
	slices.SortFunc(e.ranked, func(x, y int32) int { return strings.Compare(e.names[x], e.names[y]) })

	for i := range b.work {
		e.next[b.work[i].employer]++
	}
	from := int32(0)
	for _, ordinal := range e.ranked {
		e.next[ordinal], from = from, from+e.next[ordinal]
	}
	b.byJob = slices.Grow(b.byJob[:0], len(b.work))[:len(b.work)]
	for _, key := range b.order {
		at := position(key)
		ordinal := b.work[at].employer
		b.byJob[e.next[ordinal]] = int32(at)
		e.next[ordinal]++
	}
}
