package edition

import (
	"doorstroom/pipelines/route/definition"
	"doorstroom/pipelines/slice"
	"doorstroom/pipelines/warehouse"
)

// Config is what builds need, and their own workers.
type Config struct {
	slice.Config
	// SlicePersons is how many persons a slice has; 0 is 10,000. More need more memory per worker.
	SlicePersons int
}

// defaultSlice is how many persons make some 800,000 month rows: large enough
// for an insert to be cheap, small enough for several slices to be in memory.
const defaultSlice = 10_000

// Builder makes editions. It is safe for concurrent use, but one warehouse has one Build at a time.
type Builder struct {
	config Config
	pool   *slice.Pool
}

// New makes a Builder.
func New(c Config) *Builder {
	if len(c.Definitions) == 0 {
		c.Definitions = definition.Published()
	}
	if c.SlicePersons == 0 {
		c.SlicePersons = defaultSlice
	}
	return &Builder{config: c, pool: slice.New(c.Config)}
}

// patience tries again what changes nothing when it is done twice.
func (b *Builder) patience() warehouse.Patience {
	return warehouse.Patience{For: b.config.Patience, Log: b.config.Log}
}
