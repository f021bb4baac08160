package job

import (
	"context"
	"errors"
	"fmt"

	"doorstroom/pipelines/delivery"
	"doorstroom/pipelines/kafka"
	"doorstroom/pipelines/load"
)

// Loaded is what the first step came to.
type Loaded struct {
	// Verdicts are those on the new deliveries.
	Verdicts []delivery.Verdict
	// Whole tells that the step came to its end; before it not every new delivery has a verdict.
	Whole bool
	// Deliveries is how many there are in the landing folder, new or not.
	Deliveries int
	// Accepted and Refused count verdicts, Rows and Quarantined the records of both.
	Accepted, Refused, Rows, Quarantined uint64
}

func (l *Loaded) count() {
	for _, v := range l.Verdicts {
		l.Rows += v.RowsAccepted
		l.Quarantined += v.RowsQuarantined
		if v.Status == delivery.Accepted {
			l.Accepted++
			continue
		}
		l.Refused++
	}
}

// load is the first step: what is new in the landing folder and at the suppliers goes through Kafka into the raw tables
// and is decided.
func (j *Job) load(ctx context.Context, r *Result) (uint64, error) {
	ids, err := kafka.Ready(ctx, j.patience(), j.Kafka, j.Registry)
	if err != nil {
		return 0, err
	}
	j.Progress.Start("read and load", "bytes", 0)
	found, reader, err := j.pull(ctx)
	if err != nil {
		return 0, err
	}
	verdicts, err := j.decide(ctx, ids, reader, found.New)
	r.Load = &Loaded{Verdicts: verdicts, Whole: err == nil, Deliveries: len(found.All)}
	r.Load.count()
	if err != nil {
		return 0, err
	}
	j.Progress.End(fmt.Sprintf("%d new of %d deliveries, %d rows", len(verdicts), len(found.All), r.Load.Rows))
	return r.Load.Rows, nil
}

// decide has deliveries read and loaded, and decides about them.
func (j *Job) decide(ctx context.Context, ids map[uint32]string, reader Reader, deliveries []Delivery) ([]delivery.Verdict, error) {
	if len(deliveries) == 0 {
		return nil, nil
	}
	loader := load.New(load.Config{Kafka: j.Kafka, Warehouse: j.Warehouse, Schemas: ids, Log: j.Log})
	if err := loader.Start(ctx); err != nil {
		return nil, err
	}
	defer loader.Stop()
	closed, readErr := reader.Read(ctx, deliveries)
	decider := delivery.Decider{Warehouse: j.Warehouse, Loader: loader, Patience: j.Patience, Log: j.Log}
	verdicts, err := decider.Decide(ctx, closed)
	if err := errors.Join(readErr, err); err != nil {
		return verdicts, fmt.Errorf("read and load: %w", err)
	}
	return verdicts, nil
}
