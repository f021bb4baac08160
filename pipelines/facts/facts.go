package facts

import (
	"runtime"
	"time"

	"go.uber.org/zap"

	"doorstroom/pipelines/kafka"
	"doorstroom/pipelines/route"
	"doorstroom/pipelines/warehouse"
)

// Config is what builds and workers need.
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
	Definitions route.Catalogue
	// SlicePersons is how many persons a slice has; 0 is 10,000. More need more memory per worker.
	SlicePersons int
	// Patience is how long a build and its workers try again while a server is away; 0 is warehouse.DefaultPatience.
	Patience time.Duration
	// Stuck is how long slices may wait while this process is given none before it joins the group anew; 0 is 20 seconds;
	// each time after takes twice as long.
	Stuck time.Duration
	Log   *zap.Logger
}

// Facts makes editions and works on their slices. It is safe for concurrent
// use, but one warehouse has one Build at a time.
type Facts struct {
	config Config
}

const defaultWorkers = 3

// New makes a Facts.
func New(c Config) *Facts {
	if c.Group == "" {
		c.Group = DefaultGroup
	}
	if c.Workers == 0 {
		c.Workers = min(runtime.GOMAXPROCS(0), defaultWorkers)
	}
	if len(c.Definitions) == 0 {
		c.Definitions = route.Published()
	}
	if c.SlicePersons == 0 {
		c.SlicePersons = defaultSlice
	}
	if c.Stuck == 0 {
		c.Stuck = 20 * time.Second
	}
	return &Facts{config: c}
}

// patience tries again what changes nothing when it is done twice.
func (f *Facts) patience() warehouse.Patience {
	return warehouse.Patience{For: f.config.Patience, Log: f.config.Log}
}
