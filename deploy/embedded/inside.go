package embedded

import (
	"context"
	"net"

	"github.com/twmb/franz-go/pkg/kfake"
)

// insidePort is where an engine listens on its network; every engine has one of its own.
const insidePort = 9092

// inside is a network within this process. What listens on it has no port that another program, or another user of the
// machine, could reach: whoever is in this process may use it, and nobody else can.
type inside struct {
	network kfake.VirtualNetwork
}

// Dial connects to what listens on the network. It is what a client takes in place of dialling over TCP.
func (i *inside) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	return i.network.DialContext(ctx, network, address)
}
