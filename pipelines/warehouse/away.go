package warehouse

import (
	"context"
	"crypto/tls"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"syscall"
	"time"

	"github.com/ClickHouse/ch-go"
	"github.com/ClickHouse/ch-go/proto"
	"github.com/ClickHouse/clickhouse-go/v2"
	"go.uber.org/zap"
)

// DefaultPatience is how long a run tries again while a server is away.
const DefaultPatience = 10 * time.Minute

// ErrAway says that a server was away for longer than a run waits: the command ends with exit code 3.
var ErrAway = errors.New("a server was away, or had no room, for longer than DOORSTROOM_PATIENCE: " +
	"when it is back, run the same command again and it goes on where this one stopped")

// busy are answers of a server that may well do the same a little later. A full disk is not one of them: it does not empty itself.
var busy = map[proto.Error]bool{
	proto.ErrTooManyParts: true, proto.ErrMemoryLimitExceeded: true, proto.ErrTooManySimultaneousQueries: true,
	proto.ErrTimeoutExceeded: true, proto.ErrSocketTimeout: true, proto.ErrNetworkError: true,
	proto.ErrQueryWasCancelled: true, proto.ErrAborted: true,
	proto.ErrCannotReadFromSocket: true, proto.ErrCannotWriteToSocket: true, proto.ErrAttemptToReadAfterEOF: true,
}

// Away tells whether an error is one of the way to a server, or of a server that cannot do it just now: then it makes
// sense to try again. It is false for an error that wraps ErrAway, which was waited for already.
func Away(err error) bool {
	if err == nil || errors.Is(err, ErrAway) || errors.Is(err, context.Canceled) || noTLS(err) {
		return false
	}
	if code, answered := serverCode(err); answered {
		return busy[code] && !DiskFull(err)
	}
	for _, lost := range []error{
		ErrUnreachable, io.EOF, io.ErrUnexpectedEOF, net.ErrClosed, os.ErrDeadlineExceeded, context.DeadlineExceeded,
		syscall.ECONNRESET, syscall.ECONNREFUSED, syscall.ECONNABORTED, syscall.EPIPE, syscall.ETIMEDOUT,
		driver.ErrBadConn, ch.ErrClosed, clickhouse.ErrAcquireConnTimeout, clickhouse.ErrAcquireConnNoAddress,
	} {
		if errors.Is(err, lost) {
			return true
		}
	}
	// Not every net.Error: answers of other servers, such as refusals of Kafka, have its methods too.
	var network *net.OpError
	var name *net.DNSError
	return errors.As(err, &network) || errors.As(err, &name)
}

// noTLS tells that both sides speak, but not the same TLS, or that the certificate is not to be trusted: that stays so.
func noTLS(err error) bool {
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var alert tls.AlertError
	return errors.As(err, &certificate) || errors.As(err, &record) || errors.As(err, &alert)
}

// Patience tries again what failed because a server was away. What is tried must change nothing when it is done twice.
type Patience struct {
	// For is how long, from the first failure on; 0 is DefaultPatience, less than 0 is one try.
	For time.Duration
	// Away tells which errors are waited out; nil is the package's Away.
	Away func(error) bool
	Log  *zap.Logger
}

// The pauses between tries double from the first to the last.
const firstPause, lastPause = 100 * time.Millisecond, 5 * time.Second

// Do tries until it works, or fails for another reason than Away, or ctx ends, or the patience does: then the error wraps ErrAway.
func (p Patience) Do(ctx context.Context, try func(context.Context) error) error {
	if p.For < 0 {
		return try(ctx)
	}
	limit, isAway := p.For, p.Away
	if isAway == nil {
		isAway = Away
	}
	if limit == 0 {
		limit = DefaultPatience
	}
	var since time.Time
	for pause := firstPause; ; pause = min(2*pause, lastPause) {
		err := try(ctx)
		if ctx.Err() != nil || !isAway(err) {
			return err
		}
		if since.IsZero() {
			since = time.Now()
		}
		if time.Since(since)+pause > limit {
			return fmt.Errorf("%w: %w", ErrAway, err)
		}
		p.Log.Warn("a server is away; it is tried again", zap.Error(err), zap.Duration("pause", pause))
		select {
		case <-ctx.Done():
			return err
		case <-time.After(pause):
		}
	}
}
