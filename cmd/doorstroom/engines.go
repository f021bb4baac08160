package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"math"
	"net"
	"os"
	"time"

	"github.com/segmentio/kafka-go/sasl"
	"github.com/segmentio/kafka-go/sasl/plain"
	"github.com/segmentio/kafka-go/sasl/scram"
	"github.com/twmb/franz-go/pkg/sr"

	"doorstroom/connectors/landing"
	"doorstroom/connectors/remote"
	"doorstroom/deploy/embedded"
	"doorstroom/pipelines/kafka"
	"doorstroom/pipelines/load"
	"doorstroom/pipelines/warehouse"
)

// engines are the running parts that a command works on: embedded ones, which
// it stops again, or servers named by the settings.
type engines struct {
	clickHouse warehouse.Config
	httpAddr   string
	reader     asker // who asks for people
	db         *warehouse.DB
	kafka      kafka.Cluster
	registry   *sr.Client
	tools      embedded.Tools
	// wait is how long a server that is away at the start is tried again; 0 is not at all.
	wait time.Duration
	// died is closed when the embedded ClickHouse ends by itself.
	died  <-chan struct{}
	cause func() error

	closers []func()
}

// needs are what a command asks of its engines.
type needs struct {
	kafka bool
	// migrate brings the tables of the warehouse up to date; without it they must be those of this program, unless
	// anyTables says that the command sees to that itself.
	migrate, anyTables bool
	// wait is how long servers that are away at the start are tried again; 0 is not at all.
	wait time.Duration
}

// withWarehouse runs f with ClickHouse only.
func (a *app) withWarehouse(ctx context.Context, f func(context.Context, *engines) error) error {
	return a.with(ctx, needs{}, f)
}

// withEngines runs f with the tables as they are, and with Kafka or not.
func (a *app) withEngines(ctx context.Context, withKafka bool, f func(context.Context, *engines) error) error {
	return a.with(ctx, needs{kafka: withKafka}, f)
}

// with starts or reaches the engines, runs f and stops what it started.
func (a *app) with(ctx context.Context, n needs, f func(context.Context, *engines) error) (err error) {
	e := &engines{wait: n.wait}
	defer func(asked context.Context) {
		e.close()
		err = a.explain(asked, err)
	}(ctx)
	if e.tools, err = embedded.FindTools(a.settings.LibCHDB, a.settings.DBT); err != nil {
		return environment(err)
	}
	if err := a.lock(e, n.kafka); err != nil {
		return err
	}
	if n.kafka {
		if err := a.openKafka(e); err != nil {
			return environment(err)
		}
	}
	if err := a.openClickHouse(ctx, e, n); err != nil {
		return environment(err)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	if e.died != nil {
		go func() {
			select {
			case <-e.died:
				cancel(e.cause())
			case <-ctx.Done():
			}
		}()
	}
	err = f(ctx, e)
	if cause := e.deathCause(); err != nil && cause != nil {
		return environment(fmt.Errorf("%w; run the command again, it goes on where this one stopped (what failed then: %w)", cause, err))
	}
	return err
}

// deathCause is why the embedded ClickHouse is gone, nil while it lives.
func (e *engines) deathCause() error {
	if e.died == nil {
		return nil
	}
	select {
	case <-e.died:
		return e.cause()
	case <-time.After(200 * time.Millisecond):
		return nil
	}
}

// lock takes hold of the data folder when an embedded engine keeps data there.
func (a *app) lock(e *engines, withKafka bool) error {
	s := a.settings
	if s.ClickHouseAddr != "" && (!withKafka || len(s.KafkaBrokers) > 0) {
		return os.MkdirAll(s.Data, 0o700)
	}
	l, err := embedded.LockData(s.Data, a.log)
	if err != nil {
		return environment(err)
	}
	e.closers = append(e.closers, func() { _ = l.Unlock() })
	return nil
}

func (a *app) embeddedOptions(e *engines) embedded.Options {
	return embedded.Options{Dir: a.settings.Data, Log: a.log, LibPath: e.tools.LibCHDB, MaxMemory: a.settings.ClickHouseMemory,
		KafkaReader: load.DefaultGroup, KafkaShortFiles: a.shortFiles}
}

// openClickHouse connects, and sees to it that the tables are those of this program.
func (a *app) openClickHouse(ctx context.Context, e *engines, n needs) error {
	if err := a.connectClickHouse(ctx, e); err != nil {
		return err
	}
	if err := e.db.AllRows(ctx); err != nil { // first of all: what tells of migrations may be hidden too
		return err
	}
	switch {
	case n.anyTables:
		return nil
	case !n.migrate:
		schema, err := e.db.Schema(ctx)
		if err != nil {
			return err
		}
		return schema.Fits()
	}
	migrate := func(ctx context.Context) error {
		if _, err := e.db.Migrate(ctx); err != nil {
			return err
		}
		return errors.Join(load.CheckTables(ctx, e.db), e.db.CheckForDBT(ctx), e.db.AllRows(ctx))
	}
	if e.died != nil {
		return migrate(ctx) // an embedded server that is gone does not come back
	}
	// A migration that was broken off is done again: its statements leave what is there.
	return a.waiting(n.wait).Do(ctx, migrate)
}

// connectClickHouse starts or reaches ClickHouse, whatever tables it has.
func (a *app) connectClickHouse(ctx context.Context, e *engines) error {
	s := a.settings
	if s.ClickHouseAddr == "" {
		server, err := embedded.StartClickHouse(ctx, a.embeddedOptions(e))
		if err != nil {
			return err
		}
		e.closers = append(e.closers, closer(ctx, server))
		e.died, e.cause = server.Done(), server.Err
		e.clickHouse = warehouse.Config{Addr: server.NativeAddr(), User: server.User(), Password: server.Password()}
		e.httpAddr = server.HTTPAddr()
		user, password := server.Reader()
		e.reader = asker{user, password, "1"}
	} else {
		if err := s.refuseClearText(s.clickHouseInClear()); err != nil {
			return err
		}
		config, err := tlsConfig(s.ClickHouseTLS, s.ClickHouseCA)
		if err != nil {
			return err
		}
		e.clickHouse = warehouse.Config{Addr: s.ClickHouseAddr, User: s.ClickHouseUser, Password: string(s.ClickHousePassword), TLS: config}
		if e.httpAddr, err = httpAddr(s); err != nil {
			return err
		}
		e.reader = s.reader()
	}
	e.clickHouse.Silence = s.Silence
	wait := e.wait
	if e.died != nil {
		wait = 0 // an embedded server that is gone does not come back
	}
	var db *warehouse.DB
	err := a.waiting(wait).Do(ctx, func(ctx context.Context) (err error) {
		db, err = warehouse.Open(ctx, e.clickHouse)
		return err
	})
	if err != nil {
		return err
	}
	e.db = db
	e.closers = append(e.closers, func() { _ = db.Close() })
	return nil
}

// reader is who asks for people at a server: a user of its own, or else the only one that there is.
func (s *settings) reader() asker {
	if s.ClickHouseSQLUser == "" {
		return asker{s.ClickHouseUser, string(s.ClickHousePassword), "1"}
	}
	return asker{s.ClickHouseSQLUser, string(s.ClickHouseSQLPassword), "1"}
}

// patience is how long a command waits for servers that are away.
func (a *app) patience() warehouse.Patience { return a.waiting(a.settings.Patience) }

// forEver is the patience of serve.
const forEver = time.Duration(math.MaxInt64)

// waiting is a patience of so long; of 0 it is none.
func (a *app) waiting(long time.Duration) warehouse.Patience {
	if long == 0 {
		long = -1
	}
	return warehouse.Patience{For: long, Away: kafka.Away, Log: a.log}
}

// httpAddr is where ClickHouse's HTTP interface is, next to the native one unless set.
func httpAddr(s *settings) (string, error) {
	if s.ClickHouseHTTP != "" {
		return s.ClickHouseHTTP, nil
	}
	host, _, err := net.SplitHostPort(s.ClickHouseAddr)
	if err != nil {
		return "", fmt.Errorf("DOORSTROOM_CLICKHOUSE_ADDR must be host:port: %w", err)
	}
	if s.ClickHouseTLS {
		return net.JoinHostPort(host, "8443"), nil
	}
	return net.JoinHostPort(host, "8123"), nil
}

func (a *app) openKafka(e *engines) error {
	if err := a.openBrokers(e); err != nil {
		return err
	}
	return a.openRegistry(e)
}

func (a *app) openBrokers(e *engines) error {
	s := a.settings
	if err := s.refuseClearText(s.kafkaInClear()); err != nil {
		return err
	}
	if len(s.KafkaBrokers) == 0 {
		broker, err := embedded.StartKafka(a.embeddedOptions(e))
		if err != nil {
			return err
		}
		e.closers = append(e.closers, broker.Stop)
		e.kafka = kafka.Cluster{Brokers: []string{broker.Addr()}, Dial: broker.Dial, Replication: 1}
	} else {
		config, err := tlsConfig(s.KafkaTLS, s.KafkaCA)
		if err != nil {
			return err
		}
		login, err := mechanism(s)
		if err != nil {
			return err
		}
		e.kafka = kafka.Cluster{Brokers: s.KafkaBrokers, TLS: config, SASL: login, Replication: s.KafkaReplication}
	}
	return nil
}

// registryLimit is how long an answer of the schema registry may be, registryTimeout how long one may take.
const registryLimit, registryTimeout = 16 << 20, time.Minute

func (a *app) openRegistry(e *engines) error {
	addr, err := a.settings.registryURL()
	if err != nil {
		return err
	}
	options := []sr.ClientOpt{sr.HTTPClient(remote.Client(remote.Options{BodyLimit: registryLimit, Timeout: registryTimeout}))}
	if addr == "" {
		registry, err := embedded.StartRegistry(a.embeddedOptions(e))
		if err != nil {
			return err
		}
		e.closers = append(e.closers, registry.Stop)
		addr, options = registry.URL(), []sr.ClientOpt{sr.HTTPClient(registry.Client())}
	}
	if a.settings.Registry != "" && a.settings.RegistryUser != "" {
		options = append(options, sr.BasicAuth(a.settings.RegistryUser, string(a.settings.RegistryPassword)))
	}
	client, err := sr.NewClient(append(options, sr.URLs(addr))...)
	if err != nil {
		return fmt.Errorf("schema registry %s: %w", addr, err)
	}
	e.registry = client
	return nil
}

// mechanism is the log-in at the brokers, nil without one.
func mechanism(s *settings) (sasl.Mechanism, error) {
	switch s.KafkaMechanism {
	case "":
		return nil, nil
	case "PLAIN":
		return plain.Mechanism{Username: s.KafkaUser, Password: string(s.KafkaPassword)}, nil
	case "SCRAM-SHA-256":
		return scram.Mechanism(scram.SHA256, s.KafkaUser, string(s.KafkaPassword))
	case "SCRAM-SHA-512":
		return scram.Mechanism(scram.SHA512, s.KafkaUser, string(s.KafkaPassword))
	}
	return nil, fmt.Errorf("DOORSTROOM_KAFKA_SASL is %q: use PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512", s.KafkaMechanism)
}

// tlsConfig is nil for clear text.
func tlsConfig(on bool, caFile string) (*tls.Config, error) {
	if !on {
		return nil, nil
	}
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if caFile == "" {
		return config, nil
	}
	pem, err := landing.ReadSetting(caFile)
	if err != nil {
		return nil, fmt.Errorf("read the CA certificates: %w", err)
	}
	config.RootCAs = x509.NewCertPool()
	if !config.RootCAs.AppendCertsFromPEM(pem) {
		return nil, errors.New(caFile + " holds no PEM certificate")
	}
	return config, nil
}

// close stops what was started, the last first.
func (e *engines) close() {
	for i := len(e.closers) - 1; i >= 0; i-- {
		e.closers[i]()
	}
}
