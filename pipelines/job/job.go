package job

import (
	"context"
	"errors"
	"time"

	"go.uber.org/zap"

	"doorstroom/pipelines/edition"
	"doorstroom/pipelines/erase"
	"doorstroom/pipelines/kafka"
	"doorstroom/pipelines/marts"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// ErrBrokenOff keeps others from working on what is half erased.
var ErrBrokenOff = errors.New("an erasure was broken off; 'doorstroom erase --finish' completes it, then try again")

// Job is what the steps work with. Load needs Registry and Deliveries, Marts needs DBT and neither of those nor Kafka.
type Job struct {
	Warehouse *warehouse.DB
	Kafka     kafka.Cluster
	Registry  *kafka.Registry
	// Deliveries opens what reads deliveries.
	Deliveries func(Past) (Reader, error)
	// DBT gives what makes the marts, once its folder is fit to run something from.
	DBT func() (*marts.DBT, error)

	// CutOff is the day of the edition, Definitions the version of those that it is made with.
	CutOff      schemas.Date
	Definitions string
	// Program is the version of the program, for the ledger.
	Program string
	// Workers and SlicePersons are as in slice.Config and edition.Config.
	Workers, SlicePersons int
	// Patience is how long a step tries again while a server is away; 0 is one try.
	Patience time.Duration
	Log      *zap.Logger
	Progress Progress
}

// Progress is told how far a step is. It must be quick, and safe for use by several goroutines.
type Progress interface {
	// Start begins a stage of total units; 0 is unknown.
	Start(stage, unit string, total int64)
	Set(done, total int64)
	// End tells what the stage came to.
	End(result string)
}

// Result is what a run came to; a step that it did not get to is nil.
type Result struct {
	Load  *Loaded
	Facts *edition.Result
	// Marts is the outcome of the last step.
	Marts *marts.Outcome
}

// Run does steps in their order and keeps the ledger. Also with an error the result tells what was decided and done:
// that holds, whatever broke off after it.
func (j *Job) Run(ctx context.Context, steps []Step) (Result, error) {
	var r Result
	broken, err := erase.Pending(ctx, j.Warehouse)
	if err != nil {
		return r, err
	}
	if broken != nil {
		return r, ErrBrokenOff
	}
	ledger, err := Begin(ctx, j.Warehouse, j.patience(), j.CutOff, steps, j.Program)
	if err != nil {
		return r, err
	}
	do := map[Step]func(context.Context, *Result) (rows uint64, err error){Load: j.load, Facts: j.facts, Marts: j.marts}
	for _, step := range steps {
		err := ledger.Do(ctx, step, func(ctx context.Context) (uint64, error) { return do[step](ctx, &r) })
		if hidden := j.Warehouse.AllRows(ctx); errors.Is(hidden, warehouse.ErrRowsHidden) { // a table that was empty tells of a policy only now
			return r, errors.Join(hidden, err)
		}
		if err != nil {
			return r, err
		}
	}
	return r, ledger.End(ctx)
}

func (j *Job) patience() warehouse.Patience { return kafka.Patience(j.Patience, j.Log) }
