package edition

import (
	"context"
	"time"

	"doorstroom/pipelines/slice"
	"doorstroom/pipelines/versions"
	"doorstroom/schemas"
)

// Steps are the parts of a Build one by one, for tests of what may happen between them.
type Steps struct {
	b      *building
	slices []slice.Slice
}

// Begin opens a build and makes its work tables.
func (b *Builder) Begin(ctx context.Context, cutOff schemas.Date) (*Steps, error) {
	loads, err := accepted(ctx, b.config.Warehouse)
	if err != nil {
		return nil, err
	}
	s := &Steps{b: b.begin(versions.NewScope(loads, cutOff), cutOff, uint64(time.Now().UnixMicro()), Options{Definitions: b.config.Definitions.Newest().Version})}
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
	return s.b.builder.pool.Do(ctx, &s.slices[n])
}

// Break does a slice like a worker that dies before it reports.
func (s *Steps) Break(ctx context.Context, n int) error {
	if err := s.Do(ctx, n); err != nil {
		return err
	}
	return s.b.DB.Exec(ctx, "ALTER TABLE ops.slice DELETE WHERE build = ? AND slice = ? SETTINGS mutations_sync = 2", s.b.build, s.slices[n].Number)
}

// Finish reconciles and makes the build current.
func (s *Steps) Finish(ctx context.Context) (Result, error) { return s.b.finish(ctx) }

// DoBy does a slice as a worker of another program.
func (s *Steps) DoBy(ctx context.Context, other *Builder, n int) error {
	return other.pool.Do(ctx, &s.slices[n])
}
