package warehouse

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"time"

	"github.com/ClickHouse/ch-go"
	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// dialTimeout bounds the making of a connection.
const dialTimeout = 10 * time.Second

// Config says where ClickHouse is and who we are there.
type Config struct {
	// Addr is host:port of the native protocol.
	Addr     string
	User     string
	Password string
	// Database is where names without a database are looked up; the program names its databases itself. Empty is "default".
	Database string
	// TLS is nil for clear text.
	TLS *tls.Config
	// Silence is how long the server may say nothing in the middle of a query with bulk rows; 0 is DefaultSilence.
	// Statements of the pool may take five times as long.
	Silence time.Duration

	// settings are what every connection carries; Open finds them.
	settings []Setting
}

// DB is a connection pool to the warehouse. It is safe for concurrent use.
type DB struct {
	driver.Conn
	config Config
}

// Open connects and checks that the server answers, lets us in, and lets us set what the program depends on.
// Its errors wrap ErrUnreachable, ErrLogin or ErrProfile and say what to set.
func Open(ctx context.Context, c Config) (*DB, error) {
	if c.Database == "" {
		c.Database = "default"
	}
	if c.Silence == 0 {
		c.Silence = DefaultSilence
	}
	if err := c.readProfile(ctx); err != nil {
		return nil, err
	}
	conn, err := clickhouse.Open(c.options())
	if err != nil {
		return nil, c.explain(err)
	}
	if err := conn.Ping(ctx); err != nil {
		_ = conn.Close()
		return nil, c.explain(err)
	}
	return &DB{Conn: conn, config: c}, nil
}

func (c Config) options() *clickhouse.Options {
	return &clickhouse.Options{
		Addr:        []string{c.Addr},
		Auth:        clickhouse.Auth{Database: c.Database, Username: c.User, Password: c.Password},
		TLS:         c.TLS,
		DialTimeout: dialTimeout,
		DialContext: func(ctx context.Context, _ string) (net.Conn, error) {
			conn, _, err := c.dial(ctx, silenceOfPool*c.Silence)
			return conn, err
		},
		// The library counts it from the start of a statement, however much the server says; our connection counts silence.
		ReadTimeout:  24 * time.Hour,
		Settings:     c.pooled(),
		MaxOpenConns: 16,
		MaxIdleConns: 4,
		ClientInfo:   clickhouse.ClientInfo{Products: []struct{ Name, Version string }{{Name: "doorstroom"}}},
	}
}

// Bulk opens a connection for inserting or selecting whole columns. The caller closes it; one query at a time.
func (d *DB) Bulk(ctx context.Context) (*ch.Client, error) {
	client, err := d.config.bulk(ctx, asked(d.config.settings, true))
	if err != nil {
		return nil, fmt.Errorf("opening a bulk connection: %w", err)
	}
	return client, nil
}

func (c *Config) bulk(ctx context.Context, settings []ch.Setting) (*ch.Client, error) {
	o := ch.Options{
		Address: c.Addr, Database: c.Database, User: c.User, Password: c.Password,
		ClientName: "doorstroom", HandshakeTimeout: dialTimeout,
		// ch-go takes the end of this time as "nothing yet", and only then looks whether the query was cancelled.
		ReadTimeout: 500 * time.Millisecond,
		Settings:    settings,
	}
	if !c.local() {
		o.Compression = ch.CompressionLZ4
	}
	conn, w, err := c.dial(ctx, c.Silence)
	if err != nil {
		return nil, c.explain(err)
	}
	w.greeting.Store(true)
	client, err := ch.Connect(ctx, conn, o)
	w.greeting.Store(false)
	if err != nil {
		_ = conn.Close()
		return nil, c.explain(err)
	}
	return client, nil
}

// local tells whether the server is on this machine, where compression costs more than it saves.
func (c Config) local() bool {
	host, _, err := net.SplitHostPort(c.Addr)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
