package route

import (
	"slices"
	"strings"

	"doorstroom/pipelines/route/ordinal"
)

// employers numbers the employers of one person and groups intervals by them.
type employers struct {
	ordinal.Names
	ranked []int32 // ordinals by pseudonym
	next   []int32 // per ordinal, where its next interval goes
}

// groupByEmployer fills byJob: the positions of the intervals by employer
// pseudonym, then start.
func (b *Builder) groupByEmployer() {
	e := &b.jobs
	e.ranked, e.next = e.ranked[:0], e.next[:0]
	for i := range e.Count() {
		e.ranked, e.next = append(e.ranked, int32(i)), append(e.next, 0)
	}
	slices.SortFunc(e.ranked, func(x, y int32) int { return strings.Compare(e.Name(x), e.Name(y)) })

	for i := range b.work {
		e.next[b.work[i].employer]++
	}
	from := int32(0)
	for _, employer := range e.ranked {
		e.next[employer], from = from, from+e.next[employer]
	}
	b.byJob = slices.Grow(b.byJob[:0], len(b.work))[:len(b.work)]
	for _, key := range b.order {
		at := position(key)
		employer := b.work[at].employer
		b.byJob[e.next[employer]] = int32(at)
		e.next[employer]++
	}
}
