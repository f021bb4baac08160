package job

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"

	"doorstroom/pipelines/warehouse"
)

// pace is how long a lease outlives its holder, how often a holder renews it, and how long one who finds it held asks
// again: longer than the lease of somebody who died.
type pace struct{ lease, renew, patience time.Duration }

var usualPace = pace{lease: 10 * time.Second, renew: 2 * time.Second, patience: 15 * time.Second}

// Errors of a lease.
var (
	// ErrHeld says that somebody else has it and renews it.
	ErrHeld = errors.New("another run is at work on this warehouse")
	// ErrLost says that the holder could not renew it in time and somebody else has it now.
	ErrLost = errors.New("the hold on the warehouse could not be renewed in time and another run has it now; run the same command again when that has ended")
)

// Lease keeps two runs from changing one warehouse at a time. ClickHouse cannot compare and set, so a claim is written
// first and the others are looked at then: of two that claim at once at least one sees the other and takes its claim
// back. All times are by the clock of the server. The server must show each writer what another wrote before:
// one server, or always the same replica.
type Lease struct {
	db      *warehouse.DB
	pace    pace
	holder  uuid.UUID
	who     string
	since   int64 // milliseconds of Unix time, 0 for not yet
	expires time.Time

	stop   context.CancelFunc
	ended  chan struct{}
	failed context.CancelCauseFunc
}

// Take waits for the lease and holds it until Release; who says to others who that is. The context that it gives ends with
// ErrLost when it cannot be held any longer. Its error is ErrHeld when somebody else keeps it.
func Take(ctx context.Context, db *warehouse.DB, who string) (*Lease, context.Context, error) {
	return takeAt(ctx, db, who, usualPace)
}

func takeAt(ctx context.Context, db *warehouse.DB, who string, at pace) (*Lease, context.Context, error) {
	l := &Lease{db: db, pace: at, holder: uuid.New(), who: who, ended: make(chan struct{})}
	if err := l.take(ctx); err != nil {
		return nil, nil, err
	}
	held, failed := context.WithCancelCause(ctx)
	renewing, stop := context.WithCancel(context.WithoutCancel(ctx))
	l.failed, l.stop = failed, stop
	go l.keep(renewing)
	return l, held, nil
}

// take claims when nobody else has it, until nobody else does.
func (l *Lease) take(ctx context.Context) error {
	deadline := time.Now().Add(l.pace.patience)
	for wait := l.pace.renew / 4; ; wait = min(2*wait, 4*l.pace.renew) {
		other, err := l.claim(ctx)
		if err != nil || other == "" {
			return err
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("%w: %s. Wait until it has ended and run this again; the hold of one that died ends by itself after %s", ErrHeld, other, l.pace.lease)
		}
		// Two that claimed at once and saw each other must not do so again and again: chance parts them, the more so the longer they wait.
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(l.pace.renew/20 + rand.N(wait)): //nolint:gosec // spreads attempts over time; nothing secret
		}
	}
}

// claim takes the lease if nobody else has it, and else says who does.
func (l *Lease) claim(ctx context.Context) (other string, err error) {
	if _, other, err = l.look(ctx); err != nil || other != "" {
		return other, err
	}
	if err := l.write(ctx, l.pace.lease); err != nil {
		return "", err
	}
	if _, other, err = l.look(ctx); err != nil || other == "" {
		return "", err
	}
	return other, l.write(ctx, 0)
}

// write claims the lease for so long from now on; 0 gives it back.
func (l *Lease) write(ctx context.Context, keep time.Duration) error {
	err := l.db.Exec(ctx, "INSERT INTO ops.lease (name, holder, who, since, expires_at) "+
		"SELECT 'run', ?, ?, if(? = 0, now64(3, 'UTC'), fromUnixTimestamp64Milli(?, 'UTC')), now64(3, 'UTC') + toIntervalMillisecond(?)",
		l.holder, l.who, l.since, l.since, keep.Milliseconds())
	if err != nil {
		return fmt.Errorf("note who is at work on the warehouse: %w", err)
	}
	return nil
}

// look reads until when this one is held, whether it had lapsed before, and who else claims or holds it.
func (l *Lease) look(ctx context.Context) (lapsed bool, other string, err error) {
	before := l.expires
	var now time.Time
	err = l.db.QueryRow(ctx, `SELECT now64(3, 'UTC'), toUnixTimestamp64Milli(maxIf(since, holder = ?)), maxIf(expires_at, holder = ?),
			anyIf(concat(who, ', since ', formatDateTime(since, '%F %T'), ' UTC'), holder != ? AND expires_at > now64(3, 'UTC'))
		FROM ops.lease FINAL WHERE name = 'run'`, l.holder, l.holder, l.holder).Scan(&now, &l.since, &l.expires, &other)
	if err != nil {
		return false, "", fmt.Errorf("look who is at work on the warehouse: %w", err)
	}
	return !before.IsZero() && !now.Before(before), other, nil
}

// keep renews the lease until it is given back.
func (l *Lease) keep(ctx context.Context) {
	defer close(l.ended)
	tick := time.NewTicker(l.pace.renew)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		renewal, end := outlasting(ctx)
		err := l.renew(renewal)
		end()
		if errors.Is(err, ErrLost) {
			l.failed(err)
			return
		}
		// A server that is away for a while is not a reason to give up: the next renewal tells whether somebody came in between.
	}
}

// releaseWait is how long a renewal may go on when the lease is to be given back.
const releaseWait = time.Second

// outlasting gives a context that ends releaseWait after ctx: a renewal that is cut off may still be done by the server, and
// then after the lease was given back.
func outlasting(ctx context.Context) (longer context.Context, end func()) {
	longer, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(releaseWait, cancel) })
	return longer, func() {
		stop()
		cancel()
	}
}

// renew lengthens the lease. As long as it had not lapsed, others saw it and took their claims back; else any claim of
// another may have become a hold.
func (l *Lease) renew(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, l.pace.lease)
	defer cancel()
	if err := l.write(ctx, l.pace.lease); err != nil {
		return err
	}
	lapsed, other, err := l.look(ctx)
	if err == nil && lapsed && other != "" {
		return errors.Join(ErrLost, l.write(ctx, 0))
	}
	return err
}

// Release gives the lease back. Without an answer of the server it lapses by itself.
func (l *Lease) Release() {
	l.stop()
	<-l.ended
	l.failed(nil)
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	_ = l.write(ctx, 0) // lapses by itself
}
