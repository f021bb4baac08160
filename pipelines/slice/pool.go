package slice

import (
	"context"
	"runtime"
	"time"

	"go.uber.org/zap"

	"doorstroom/pipelines/kafka"
	"doorstroom/pipelines/route/definition"
	"doorstroom/pipelines/warehouse"
)

// Config is what workers need.
type Config struct {
	Warehouse *warehouse.DB
	// Kafka has the topic of slices (kafka.EnsureTopics makes it).
	Kafka kafka.Cluster
	// Group is the consumer group of the workers; empty is DefaultGroup. Workers of one warehouse share it.
	Group string
	// Workers is how many slices this process does side by side; 0 is one per processor, but at most three, so that the
	// process stays within a gigabyte. Each takes some 200 MB.
	Workers int
	// Definitions are the sets that editions may be made with; none are those that are published.
	Definitions definition.Catalogue
	// Patience is how long workers try again while a server is away; 0 is warehouse.DefaultPatience.
	Patience time.Duration
	// Stuck is how long slices may wait while this process is given none before it joins the group again; 0 is 20 seconds;
	// each time after takes twice as long.
	Stuck time.Duration
	Log   *zap.Logger
}

// Pool are the workers of this process. It is safe for concurrent use.
type Pool struct {
	config Config
}

const defaultWorkers = 3

// New makes a Pool.
func New(c Config) *Pool {
	if c.Group == "" {
		c.Group = DefaultGroup
	}
	if c.Workers == 0 {
		c.Workers = min(runtime.GOMAXPROCS(0), defaultWorkers)
	}
	if len(c.Definitions) == 0 {
		c.Definitions = definition.Published()
	}
	if c.Stuck == 0 {
		c.Stuck = 20 * time.Second
	}
	return &Pool{config: c}
}

// Do makes the facts of one slice and reports it done. Doing it again changes nothing.
func (p *Pool) Do(ctx context.Context, s *Slice) error {
	return newWorker(&p.config).do(ctx, s)
}

// patience tries again what changes nothing when it is done twice.
func (p *Pool) patience() warehouse.Patience {
	return warehouse.Patience{For: p.config.Patience, Log: p.config.Log}
}

// abandoned tells that a slice failed because its build ended meanwhile, which
// took away the tables that the slice reads.
func (p *Pool) abandoned(ctx context.Context, s *Slice) bool {
	open, err := isOpen(ctx, p.config.Warehouse, s.Build)
	return err == nil && !open
}
