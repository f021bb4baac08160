package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"os"
	"time"

	"github.com/segmentio/kafka-go/sasl"
	"github.com/segmentio/kafka-go/sasl/plain"
	"github.com/segmentio/kafka-go/sasl/scram"
	"github.com/twmb/franz-go/pkg/sr"

	"doorstroom/deploy/embedded"
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
	kafka      load.Kafka
	registry   *sr.Client
	tools      embedded.Tools
	// died is closed when the embedded ClickHouse ends by itself.
	died  <-chan struct{}
	cause func() error

	closers []func()
}

// withWarehouse runs f with ClickHouse only.
func (a *app) withWarehouse(ctx context.Context, f func(context.Context, *engines) error) error {
	return a.withEngines(ctx, false, f)
}

// withEngines starts or reaches the engines, runs f and stops what it started.
func (a *app) withEngines(ctx context.Context, withKafka bool, f func(context.Context, *engines) error) (err error) {
	e := &engines{}
	defer func(asked context.Context) {
		e.close()
		err = a.explain(asked, err)
	}(ctx)
	if e.tools, err = embedded.FindTools(a.settings.LibCHDB, a.settings.DBT); err != nil {
		return environment(err)
	}
	if err := a.lock(e, withKafka); err != nil {
		return err
	}
	if withKafka {
		if err := a.openKafka(e); err != nil {
			return environment(err)
		}
	}
	if err := a.openClickHouse(ctx, e); err != nil {
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

// openClickHouse connects and brings the tables up to date.
func (a *app) openClickHouse(ctx context.Context, e *engines) error {
	if err := a.connectClickHouse(ctx, e); err != nil {
		return err
	}
	migrate := func(ctx context.Context) error {
		_, err := e.db.Migrate(ctx)
		return err
	}
	if e.died != nil {
		return migrate(ctx) // an embedded server that is gone does not come back
	}
	// A migration that was broken off is done again: its statements leave what is there.
	return a.patience().Do(ctx, migrate)
}

// connectClickHouse starts or reaches ClickHouse, whatever tables it has.
func (a *app) connectClickHouse(ctx context.Context, e *engines) error {
	s := a.settings
	if s.ClickHouseAddr == "" {
		server, err := embedded.StartClickHouse(ctx, a.embeddedOptions(e))
		if err != nil {
			return err
		}
		e.closers = append(e.closers, func() { _ = server.Stop(context.WithoutCancel(ctx)) })
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
	db, err := warehouse.Open(ctx, e.clickHouse)
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
func (a *app) patience() warehouse.Patience {
	return warehouse.Patience{For: a.settings.Patience, Log: a.log}
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
		e.kafka = load.Kafka{Brokers: []string{broker.Addr()}, Dial: broker.Dial, Replication: 1}
	} else {
		config, err := tlsConfig(s.KafkaTLS, s.KafkaCA)
		if err != nil {
			return err
		}
		login, err := mechanism(s)
		if err != nil {
			return err
		}
		e.kafka = load.Kafka{Brokers: s.KafkaBrokers, TLS: config, SASL: login, Replication: s.KafkaReplication}
	}
	return a.openRegistry(e)
}

func (a *app) openRegistry(e *engines) error {
	addr, options := a.settings.Registry, []sr.ClientOpt(nil)
	if addr == "" {
		registry, err := embedded.StartRegistry(a.embeddedOptions(e))
		if err != nil {
			return err
		}
		e.closers = append(e.closers, registry.Stop)
		addr, options = registry.URL(), append(options, sr.HTTPClient(registry.Client()))
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
	pem, err := os.ReadFile(caFile)
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
