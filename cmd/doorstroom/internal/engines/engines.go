// Package engines opens what commands work on: an embedded ClickHouse, Kafka and schema registry, which it stops again, or
// the servers that the settings name; with and without them the same code runs on top. It also tells what of their
// failures lies in the environment.
package engines

import (
	"context"
	"io"
	"math"
	"os"
	"path/filepath"
	"time"

	"go.uber.org/zap"

	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/cmd/doorstroom/internal/settings"
	"doorstroom/cmd/doorstroom/internal/sharing"
	"doorstroom/deploy/embedded"
	"doorstroom/pipelines/kafka"
	"doorstroom/pipelines/load"
	"doorstroom/pipelines/marts"
	"doorstroom/pipelines/query"
	"doorstroom/pipelines/warehouse"
)

// ForEver is how long serve waits for servers.
const ForEver = time.Duration(math.MaxInt64)

// Needs are what a command asks of its engines.
type Needs struct {
	Kafka bool
	// Migrate brings the tables of the warehouse up to date; without it they must be those of this program, unless
	// AnyTables says that the command sees to that itself.
	Migrate, AnyTables bool
	// Wait is how long servers that are away at the start are tried again; 0 is not at all.
	Wait time.Duration
	// ShortFiles has the embedded Kafka begin a file with every write.
	ShortFiles bool
	// Reads goes through a command that keeps the embedded ClickHouse up, where one does; Shares lets those in.
	Reads, Shares bool
}

// Engines are the running parts. Those that were not asked for are empty.
type Engines struct {
	Warehouse *warehouse.DB
	Questions *query.Server
	Kafka     kafka.Cluster
	Registry  *kafka.Registry

	settings *settings.Settings
	log      *zap.Logger
	tools    embedded.Tools
	needs    Needs
	native   warehouse.Config
	// died is closed when the embedded ClickHouse ends by itself.
	died  <-chan struct{}
	cause func() error

	lock    *embedded.Lock
	through *sharing.Login // the ClickHouse that another command keeps up
	closers []func()
}

// New has nothing open yet; the caller opens parts one by one, and closes them.
func New(s *settings.Settings, log *zap.Logger) *Engines { return &Engines{settings: s, log: log} }

// FindTools looks for the programs that engines are started with.
func (e *Engines) FindTools() (err error) {
	e.tools, err = embedded.FindTools(e.settings.LibCHDB, e.settings.DBT)
	return err
}

// Lock takes hold of the data folder when an embedded engine keeps data there.
func (e *Engines) Lock(withKafka bool) error {
	s := e.settings
	if s.ClickHouseAddr != "" && (!withKafka || len(s.KafkaBrokers) > 0) {
		return os.MkdirAll(s.Data, 0o700)
	}
	l, err := embedded.LockData(s.Data, e.log)
	if err != nil {
		return err
	}
	e.lock = l
	e.closers = append(e.closers, func() { _ = l.Unlock() })
	return nil
}

func (e *Engines) embedded() embedded.Options {
	return embedded.Options{Dir: e.settings.Data, Log: e.log, LibPath: e.tools.LibCHDB, MaxMemory: e.settings.ClickHouseMemory,
		KafkaReader: load.DefaultGroup, KafkaShortFiles: e.needs.ShortFiles}
}

// Close closes what was opened, the last first.
func (e *Engines) Close() {
	for i := len(e.closers) - 1; i >= 0; i-- {
		e.closers[i]()
	}
}

// Ask streams the rows of one of the program's own queries to out.
func (e *Engines) Ask(ctx context.Context, sql, format string, out io.Writer) error {
	return e.Questions.Ask(ctx, e.Questions.Program, sql, format, out)
}

// DBT is what makes the marts of this warehouse, once its folder is closed to others: dbt runs what it finds there.
func (e *Engines) DBT() (*marts.DBT, error) {
	dir, err := filepath.Abs(filepath.Join(e.settings.Data, "dbt"))
	if err != nil {
		return nil, err
	}
	if err := embedded.CloseData(dir, e.log); err != nil {
		return nil, exit.Environment(err)
	}
	return &marts.DBT{Program: e.tools.DBT, Dir: dir, HTTPAddr: e.Questions.Addr, User: e.native.User, Password: e.native.Password,
		TLS: e.native.TLS != nil, CA: e.settings.ClickHouseCA, Settings: e.Warehouse.Settings()}, nil
}
