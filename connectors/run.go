package connectors

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"doorstroom/connectors/landing"
	"doorstroom/connectors/manifest"
	"doorstroom/connectors/publish"
	"doorstroom/schemas"
)

// run is one call of Read.
type run struct {
	*Reader
	ctx      context.Context
	out      output
	attempts []*attempt
	// pool holds the workers that are free; each reads one file or part at a time.
	pool chan *worker
	// open bounds how many files are open for reading.
	open chan struct{}

	// sightingKey is for finding records that come twice: nobody else ever has it.
	sightingKey schemas.DigestKey

	done, total atomic.Int64
}

// worker is what a goroutine needs to publish.
type worker struct {
	out writer
}

// newRun reads the manifests and keeps the deliveries that are new.
func (r *Reader) newRun(ctx context.Context, deliveries []Delivery) (*run, error) {
	x := &run{Reader: r, ctx: ctx, out: kafkaOutput{r.o.Publisher}, open: make(chan struct{}, 2*r.o.Workers), sightingKey: schemas.NewDigestKey()}
	for _, d := range deliveries {
		a, err := x.newAttempt(d)
		if err != nil {
			return nil, err
		}
		if a != nil {
			x.attempts = append(x.attempts, a)
			x.total.Add(a.bytes())
		}
	}
	return x, nil
}

// newAttempt reads a delivery's manifest; nil when it was decided before.
func (x *run) newAttempt(d Delivery) (*attempt, error) {
	root, err := landing.OpenRoot(d.landing)
	if err != nil {
		return nil, fmt.Errorf("open the landing folder: %w", err)
	}
	defer root.Close()
	data, err := readManifest(root, d.folder())
	if err != nil {
		return nil, fmt.Errorf("read the manifest of %s again: %w", d.folder(), err)
	}
	sha := manifest.SHA256(data)
	same, otherAccepted := x.o.Known.Decided(d.Supplier, d.ID, sha)
	if same {
		return nil, nil
	}
	a := &attempt{run: x, delivery: d, used: map[*worker]bool{}, finished: make(chan struct{})}
	a.closed.Opened = schemas.Opened{Supplier: d.Supplier, DeliveryID: d.ID, ManifestSHA256: sha}
	a.prepare(data, otherAccepted)
	a.name(root)
	return a, nil
}

// read reads every attempt and closes them in their order.
func (x *run) read() ([]schemas.Closed, error) {
	if len(x.attempts) == 0 {
		return nil, nil
	}
	if err := x.announce(); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(x.ctx)
	defer cancel()
	x.ctx = ctx
	x.pool = make(chan *worker, x.o.Workers)
	for range x.o.Workers {
		x.pool <- &worker{out: x.out.writer(ctx)}
	}
	var closings sync.WaitGroup
	var closed []schemas.Closed
	var closeErr error
	closings.Go(func() {
		if closed, closeErr = x.close(); closeErr != nil {
			cancel()
		}
	})
	err := x.readAll()
	if err != nil {
		cancel()
	}
	closings.Wait()
	if closeErr != nil && errors.Is(err, context.Canceled) {
		err = nil // reading ended because closing failed, which is the cause to tell
	}
	return closed, errors.Join(err, closeErr, x.failures())
}

// announce puts every delivery's Opened on the control topic.
func (x *run) announce() error {
	messages := make([]publish.ControlMessage, 0, len(x.attempts))
	for _, a := range x.attempts {
		messages = append(messages, publish.ControlMessage{Key: a.key(), Value: a.closed.Opened})
	}
	return x.out.Control(x.ctx, messages...)
}

// readAll reads the attempts side by side, started in their order.
func (x *run) readAll() error {
	group, ctx := errgroup.WithContext(x.ctx)
	// Twice as many as workers, so that none waits while a delivery verifies its last file.
	group.SetLimit(2 * x.o.Workers)
	for _, a := range x.attempts {
		group.Go(func() error {
			defer close(a.finished)
			if err := ctx.Err(); err != nil {
				a.err = err
				return err
			}
			a.err = a.read(ctx)
			var stop stopError
			if errors.As(a.err, &stop) || ctx.Err() != nil {
				return a.err
			}
			return nil
		})
	}
	return group.Wait()
}

// failures are the errors of single deliveries, which stopped no other.
func (x *run) failures() error {
	var all []error
	for _, a := range x.attempts {
		var stop stopError
		if a.err != nil && !errors.As(a.err, &stop) && !errors.Is(a.err, context.Canceled) {
			all = append(all, fmt.Errorf("read delivery %s: %w", a.delivery.folder(), a.err))
		}
	}
	return errors.Join(all...)
}

// close waits for the attempts in their order, sees to it that Kafka has what
// they sent, and puts their Closed on the control topic. Those that finish
// while others are being closed are closed together.
func (x *run) close() ([]schemas.Closed, error) {
	var closed []schemas.Closed
	for next := 0; next < len(x.attempts); {
		select {
		case <-x.attempts[next].finished:
		case <-x.ctx.Done():
			return closed, nil
		}
		end := next + 1
		for end < len(x.attempts) && x.attempts[end].isFinished() {
			end++
		}
		batch, err := x.closeBatch(x.attempts[next:end])
		if err != nil {
			return closed, err
		}
		closed = append(closed, batch...)
		next = end
	}
	return closed, nil
}

func (x *run) closeBatch(attempts []*attempt) ([]schemas.Closed, error) {
	used := map[*worker]bool{}
	var closed []schemas.Closed
	var messages []publish.ControlMessage
	for _, a := range attempts {
		if a.err != nil {
			continue
		}
		for w := range a.used {
			used[w] = true
		}
		if err := a.fit(); err != nil {
			return nil, err
		}
		closed = append(closed, a.closed)
		messages = append(messages, publish.ControlMessage{Key: a.key(), Value: a.closed})
	}
	for w := range used {
		if err := w.out.flush(); err != nil {
			return nil, err
		}
	}
	if len(messages) == 0 {
		return nil, nil
	}
	return closed, x.out.Control(x.ctx, messages...)
}

// with runs f with a worker of its own.
func (x *run) with(ctx context.Context, f func(*worker) error) error {
	select {
	case w := <-x.pool:
		defer func() { x.pool <- w }()
		return f(w)
	case <-ctx.Done():
		return ctx.Err()
	}
}

// advance reports progress.
func (x *run) advance(bytes int64) {
	done := x.done.Add(bytes)
	if x.o.Progress != nil {
		x.o.Progress(done, x.total.Load())
	}
}
