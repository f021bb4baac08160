package edition

import (
	"context"
	"fmt"
	"time"

	"doorstroom/pipelines/versions"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// Outcome tells what a Build came to.
type Outcome uint8

// The outcomes.
const (
	// Built: the edition was made and is current.
	Built Outcome = iota
	// Unchanged: the edition is there already, made of the same.
	Unchanged
	// LeftClosed: the edition was released, and is left as it is although its deliveries or the definitions differ.
	LeftClosed
)

// Options of a Build. The zero value is fine.
type Options struct {
	// Definitions is the version of those to make the edition with; empty is the newest.
	Definitions string
	// Progress, if not nil, hears of slices done out of all, now and then.
	Progress func(done, all int)
	// Stall is how long no slice may be finished before the build is given up; 0 is ten minutes.
	Stall time.Duration
}

// Result is what a Build came to.
type Result struct {
	Edition
	Outcome Outcome
	// Phases are how long the parts of the build took, in their order; empty unless Built.
	Phases []Phase
}

// Phase is a part of a build with its time.
type Phase struct {
	Name string
	Took time.Duration
}

// NoWages tells that no delivery of uwv_employment is in the edition, so that every grid is empty.
func (r *Result) NoWages() bool { return r.Horizon == 0 }

// Build makes the edition with this cut-off from all accepted deliveries drawn
// on or before it, and makes it current. It is quick when the edition is there and
// was made of the same under the same definitions; a closed edition is left alone. When it fails nothing has changed for
// readers.
//
// While ClickHouse is away, or has no room just now, Build tries again: what was under way is thrown away, and a build
// with a new number begins. When that lasts longer than Config.Patience the error wraps warehouse.ErrAway.
func (b *Builder) Build(ctx context.Context, cutOff schemas.Date, o Options) (result Result, err error) {
	if o.Stall == 0 {
		o.Stall = 10 * time.Minute
	}
	if o.Definitions == "" {
		o.Definitions = b.config.Definitions.Newest().Version
	}
	if _, err := b.config.Definitions.Version(o.Definitions); err != nil {
		return Result{}, err
	}
	err = b.patience().Do(ctx, func(ctx context.Context) error {
		result, err = b.build(ctx, cutOff, o)
		return err
	})
	return result, err
}

// build is one try of Build.
func (b *Builder) build(ctx context.Context, cutOff schemas.Date, o Options) (Result, error) {
	loads, err := accepted(ctx, b.config.Warehouse)
	if err != nil {
		return Result{}, err
	}
	s := versions.NewScope(loads, cutOff)
	there, ok, err := currentEdition(ctx, b.config.Warehouse, cutOff)
	switch {
	case err != nil:
		return Result{}, err
	case ok && there.Inputs == inputsHash(s.Loads, o.Definitions):
		return Result{Edition: there, Outcome: Unchanged}, nil
	case ok && there.Closed:
		return Result{Edition: there, Outcome: LeftClosed}, nil
	}
	if err := buildable(ctx, b.config.Warehouse, cutOff); err != nil {
		return Result{}, err
	}
	if err := closeAbandoned(ctx, b.config.Warehouse); err != nil {
		return Result{}, err
	}
	if err := clean(ctx, b.config.Warehouse, 0); err != nil {
		return Result{}, err
	}
	number, err := nextBuild(ctx, b.config.Warehouse)
	if err != nil {
		return Result{}, err
	}
	result, err := b.begin(s, cutOff, number, o).run(ctx)
	if err != nil {
		return Result{}, fmt.Errorf("building edition %s: %w", cutOff, err)
	}
	// The build before is still being read by queries under way; it goes at the next clean.
	err = b.patience().Do(ctx, func(ctx context.Context) error { return clean(ctx, b.config.Warehouse, there.Build) })
	if err != nil {
		return Result{}, err
	}
	return result, nil
}

// A clock may jump back, by an operator or by the machine that a server moved to. What is younger is therefore told by
// stamps that grow in any case, not by the clock alone.

// nextBuild gives a number for a build that is beyond that of every build and decision there is: the moment, in
// microseconds since 1970, unless the clock went back.
func nextBuild(ctx context.Context, db *warehouse.DB) (uint64, error) {
	var build uint64
	var decided int64
	err := db.QueryRow(ctx, "SELECT (SELECT max(build) FROM ops.build), (SELECT toUnixTimestamp64Micro(max(decided_at)) FROM ops.delivery)").Scan(&build, &decided)
	if err != nil {
		return 0, fmt.Errorf("numbering the build: %w", err)
	}
	return max(uint64(time.Now().UnixMicro()), build+1, uint64(max(decided, 0))), nil
}
