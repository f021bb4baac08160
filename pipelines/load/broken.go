package load

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
)

// errBroken is the error of a batch whose own bytes cannot be read.
var errBroken = errors.New("the batch cannot be unpacked")

// ofBatch marks an error of reading a batch as one of its own bytes, if it is neither of the connection nor of the broker, whose answers are
// errors of the network too. What packers say of broken bytes cannot be listed: most of their errors have no name. A batch that ends too
// early may be one of a connection that broke, so it is not marked.
func ofBatch(err error) error {
	if _, ok := errors.AsType[net.Error](err); ok {
		return err
	}
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok {
		return err
	}
	for _, outside := range []error{io.EOF, io.ErrUnexpectedEOF, context.Canceled} {
		if errors.Is(err, outside) {
			return err
		}
	}
	return fmt.Errorf("%w: %w", errBroken, err)
}
