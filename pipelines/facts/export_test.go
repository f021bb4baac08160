package facts

import (
	"context"
	"time"

	"github.com/segmentio/kafka-go"

	"doorstroom/schemas"
)

// Steps are the parts of a Build one by one, for tests of what may happen between them.
type Steps struct {
	b      *building
	slices []slice
}

// Begin opens a build and makes its work tables.
func (f *Facts) Begin(ctx context.Context, cutOff schemas.Date) (*Steps, error) {
	loads, err := accepted(ctx, f.config.Warehouse)
	if err != nil {
		return nil, err
	}
	s := &Steps{b: f.begin(newScope(loads, cutOff), cutOff, uint64(time.Now().UnixMicro()), Options{Definitions: f.config.Definitions.Newest().Version})}
	if err := s.b.mark(ctx, "open"); err != nil {
		return nil, err
	}
	s.slices, err = s.b.prepare(ctx)
	return s, err
}

// Slices is how many slices the build has.
func (s *Steps) Slices() int { return len(s.slices) }

// Build is the number of the build.
func (s *Steps) Build() uint64 { return s.b.build }

// Do does a slice as a worker of its own.
func (s *Steps) Do(ctx context.Context, n int) error {
	return newWorker(&s.b.facts.config).do(ctx, &s.slices[n])
}

// Break inserts the facts of a slice and goes no further, like a worker that dies before it reports.
func (s *Steps) Break(ctx context.Context, n int) error {
	w := newWorker(&s.b.facts.config)
	client, err := w.db.Bulk(ctx)
	if err != nil {
		return err
	}
	defer client.Close()
	if err := w.reader.read(ctx, client, &s.slices[n]); err != nil {
		return err
	}
	_, err = w.route(ctx, client, &s.slices[n])
	return err
}

// Finish reconciles and makes the build stand.
func (s *Steps) Finish(ctx context.Context) (Result, error) { return s.b.finish(ctx) }

// DoBy does a slice as a worker of another program.
func (s *Steps) DoBy(ctx context.Context, other *Facts, n int) error {
	return newWorker(&other.config).do(ctx, &s.slices[n])
}

// Hand puts the slices of the build on the topic.
func (s *Steps) Hand(ctx context.Context) error { return s.b.facts.hand(ctx, s.slices) }

// Watch watches over a reader that is given nothing; with a message, it works on one.
func (f *Facts) Watch(ctx context.Context, busy bool) error {
	p := &progress{offsets: make(map[int]*partition)}
	if busy {
		p.took(kafka.Message{})
	}
	return f.watch(ctx, p, f.config.Stuck)
}

// ErrStuck is what Watch fails with.
var ErrStuck = errStuck
