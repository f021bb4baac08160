package engines

import (
	"context"
	"os"

	"doorstroom/pipelines/job"
	"doorstroom/pipelines/kafka"
)

// Alone does what changes the warehouse while no other run does. An embedded ClickHouse is held by its data folder
// already; one that several machines reach is held by a lease.
func (e *Engines) Alone(ctx context.Context, command string, do func(context.Context) error) error {
	if e.settings.ClickHouseAddr == "" {
		return do(ctx)
	}
	host, err := os.Hostname()
	if err != nil {
		host = "a machine without a name"
	}
	return job.Alone(ctx, e.Warehouse, kafka.Patience(e.settings.Patience, e.log), "doorstroom "+command+" on "+host, do)
}
