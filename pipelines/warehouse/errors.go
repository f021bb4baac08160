package warehouse

import (
	"errors"
	"fmt"
	"strings"

	"github.com/ClickHouse/ch-go"
	"github.com/ClickHouse/ch-go/proto"
	"github.com/ClickHouse/clickhouse-go/v2"
)

// Errors of the environment: the command ends with exit code 3.
var (
	// ErrUnreachable says that no ClickHouse answers at the address.
	ErrUnreachable = errors.New("ClickHouse does not answer")
	// ErrTLS says that TLS with ClickHouse cannot be agreed upon.
	ErrTLS = errors.New("no TLS with ClickHouse")
	// ErrLogin says that ClickHouse does not let us in.
	ErrLogin = errors.New("ClickHouse refused the login")
)

// explain adds what to do to the error of a connection attempt.
func (c Config) explain(err error) error {
	code, answered := serverCode(err)
	switch {
	case answered && (code == proto.ErrAuthenticationFailed || code == proto.ErrUnknownUser || code == proto.ErrWrongPassword || code == proto.ErrRequiredPassword):
		return fmt.Errorf("%w of user %q at %s: set DOORSTROOM_CLICKHOUSE_USER and DOORSTROOM_CLICKHOUSE_PASSWORD", ErrLogin, c.User, c.Addr)
	case answered && code == proto.ErrUnknownDatabase:
		return fmt.Errorf("%w at %s: it has no database %q, make it there", ErrLogin, c.Addr, c.Database)
	case noTLS(err):
		return fmt.Errorf("%w at %s: its certificate must be for that name and of an authority that DOORSTROOM_CLICKHOUSE_CA (or the system) trusts, "+
			"and DOORSTROOM_CLICKHOUSE_TLS must say whether the port speaks TLS: %w", ErrTLS, c.Addr, err)
	case answered:
		return fmt.Errorf("asking ClickHouse at %s: %w", c.Addr, err)
	}
	return fmt.Errorf("%w at %s: start it, or set DOORSTROOM_CLICKHOUSE_ADDR to host:port of its native protocol "+
		"and DOORSTROOM_CLICKHOUSE_TLS to whether it speaks TLS there: %w", ErrUnreachable, c.Addr, err)
}

// DiskFull tells whether an error is that of a server whose disk has no room left.
func DiskFull(err error) bool {
	code, answered := serverCode(err)
	return answered && (code == proto.ErrNotEnoughSpace || strings.Contains(err.Error(), "No space left on device"))
}

// serverCode gives the code of an error that the server itself sent, of either client.
func serverCode(err error) (proto.Error, bool) {
	if e, ok := errors.AsType[*clickhouse.Exception](err); ok {
		return proto.Error(e.Code), true
	}
	if e, ok := ch.AsException(err); ok {
		return e.Code, true
	}
	return 0, false
}
