package kafka

import (
	"bufio"
	"context"
	"crypto/tls"
	"net"
	"time"

	"github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/sasl"
)

const (
	dialTimeout = 10 * time.Second
	// RequestTimeout bounds one request of ours that has nothing to wait for: it is tried again well within the half minute in
	// which a load has to be at full speed again.
	RequestTimeout = 10 * time.Second
	// leadersTTL is how long a client believes who leads a partition: less than again goes on asking.
	leadersTTL = time.Second
)

// Cluster says where the log is and who we are there.
type Cluster struct {
	// Brokers are host:port; one that answers is enough to find the others.
	Brokers []string
	// TLS is nil for clear text.
	TLS *tls.Config
	// SASL is nil without a login.
	SASL sasl.Mechanism
	// Dial connects to a broker in another way than over TCP; nil is TCP.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// Replication is the replication factor of topics that are made; 0 is 1.
	Replication int
}

// Dialer opens connections with a reader large enough that a fetch of a megabyte is not hundreds of system calls.
func (k Cluster) Dialer() *kafka.Dialer {
	dial := k.Dial
	if dial == nil {
		dial = (&net.Dialer{Timeout: dialTimeout}).DialContext
	}
	return &kafka.Dialer{
		ClientID: "doorstroom", Timeout: dialTimeout, DualStack: true, TLS: k.TLS, SASLMechanism: k.SASL,
		DialFunc: func(ctx context.Context, network, address string) (net.Conn, error) {
			conn, err := dial(ctx, network, address)
			if err != nil {
				return nil, err
			}
			return &bufferedConn{Conn: conn, in: bufio.NewReaderSize(conn, 64<<10)}, nil
		},
	}
}

// Client is for administration. The caller closes its idle connections with the returned function.
func (k Cluster) Client() (*kafka.Client, func()) {
	transport := &kafka.Transport{ClientID: "doorstroom", Dial: k.Dial, DialTimeout: dialTimeout, TLS: k.TLS, SASL: k.SASL, MetadataTTL: leadersTTL}
	return &kafka.Client{Addr: kafka.TCP(k.Brokers...), Timeout: RequestTimeout, Transport: transport}, transport.CloseIdleConnections
}

// Transport is for those who write messages, whose requests wait as long as they say.
func (k Cluster) Transport() *kafka.Transport {
	return &kafka.Transport{ClientID: "doorstroom", Dial: k.Dial, TLS: k.TLS, SASL: k.SASL}
}
