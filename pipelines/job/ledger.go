package job

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// Ledger keeps ops.run and ops.step: what ran, when, over how many rows, and
// what became of it.
type Ledger struct {
	db *warehouse.DB
	// patience is for a warehouse that is away: writing a line again changes nothing.
	patience warehouse.Patience
	id       uuid.UUID
	command  string
	cutOff   schemas.Date
	version  string
	started  time.Time
}

// Begin enters a run into the ledger.
func Begin(ctx context.Context, db *warehouse.DB, patience warehouse.Patience, cutOff schemas.Date, steps []Step, version string) (*Ledger, error) {
	names := make([]string, len(steps))
	for i, s := range steps {
		names[i] = string(s)
	}
	l := &Ledger{db: db, patience: patience, id: uuid.New(), command: strings.Join(names, ", "), cutOff: cutOff, version: version, started: time.Now()}
	return l, l.enter(ctx, nil, "running")
}

// Do runs one step and enters its outcome. A failed step fails the run.
func (l *Ledger) Do(ctx context.Context, step Step, do func(context.Context) (rows uint64, err error)) error {
	started := time.Now()
	if err := l.enterStep(ctx, step, started, nil, "running", 0, ""); err != nil {
		return err
	}
	rows, err := do(ctx)
	ended := time.Now()
	if err == nil {
		return l.enterStep(ctx, step, started, &ended, "done", rows, "")
	}
	// The step's own error is what the user needs; the ledger is told if it can be.
	outcome, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	_ = l.enterStep(outcome, step, started, &ended, "failed", rows, "see the message of the command")
	_ = l.enter(outcome, &ended, "failed")
	return err
}

// End enters that the run is done.
func (l *Ledger) End(ctx context.Context) error {
	now := time.Now()
	return l.enter(ctx, &now, "done")
}

func (l *Ledger) enter(ctx context.Context, ended *time.Time, status string) error {
	err := l.exec(ctx, "INSERT INTO ops.run (run_id, command, as_of, started_at, ended_at, status, version) VALUES (?, ?, ?, ?, ?, ?, ?)",
		l.id, l.command, l.cutOff.String(), l.started, ended, status, l.version)
	if err != nil {
		return fmt.Errorf("enter the run into the ledger: %w", err)
	}
	return nil
}

func (l *Ledger) enterStep(ctx context.Context, step Step, started time.Time, ended *time.Time, status string, rows uint64, problem string) error {
	err := l.exec(ctx, "INSERT INTO ops.step (run_id, step, started_at, ended_at, status, rows, problem) VALUES (?, ?, ?, ?, ?, ?, ?)",
		l.id, string(step), started, ended, status, rows, problem)
	if err != nil {
		return fmt.Errorf("enter step %s into the ledger: %w", step, err)
	}
	return nil
}

func (l *Ledger) exec(ctx context.Context, query string, args ...any) error {
	return l.patience.Do(ctx, func(ctx context.Context) error { return l.db.Exec(ctx, query, args...) })
}
