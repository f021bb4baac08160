package kafka

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"time"

	"github.com/segmentio/kafka-go"
)

const (
	// FetchBytes is how much one fetch asks for.
	FetchBytes = 512 << 10
	// FetchWait is how long the broker may wait for a first message.
	FetchWait = time.Second
)

// DialLeader connects to the broker that leads a partition.
func DialLeader(ctx context.Context, dialer *kafka.Dialer, brokers []string, topic string, partition int) (*kafka.Conn, error) {
	var last error
	for _, broker := range brokers {
		conn, err := dialer.DialLeader(ctx, "tcp", broker, topic, partition)
		if err == nil {
			return conn, nil
		}
		last = err
	}
	return nil, fmt.Errorf("connecting to Kafka for %s, partition %d: %w", topic, partition, last)
}

// bufferedConn reads ahead.
type bufferedConn struct {
	net.Conn
	in *bufio.Reader
}

func (c *bufferedConn) Read(p []byte) (int, error) { return c.in.Read(p) }

// IgnoreQuiet drops the errors that only say that there is no more for now.
func IgnoreQuiet(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, kafka.RequestTimedOut) || errors.Is(err, io.ErrShortBuffer) {
		return nil
	}
	return err
}

// Rest waits, unless ctx ends.
func Rest(ctx context.Context, pause time.Duration) {
	select {
	case <-time.After(pause):
	case <-ctx.Done():
	}
}
