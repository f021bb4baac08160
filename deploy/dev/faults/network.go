package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
	"github.com/rs/zerolog"
	"github.com/twmb/franz-go/pkg/kfake"
	"go.uber.org/zap"

	"doorstroom/deploy/embedded"
)

// network is servers that doorstroom reaches through proxies only.
type network struct {
	clickHouse *embedded.ClickHouse
	kafka      *kfake.Cluster
	proxies    map[string]*toxiproxy.Proxy
	relays     map[string]*relay // before the proxies
	dir        string
}

// serverMemory is what ClickHouse may have, in bytes.
const serverMemory = 1 << 30

// newNetwork starts the servers and tells the place of them.
func newNetwork(ctx context.Context, w *world, p *place) (n *network, err error) {
	n = &network{proxies: make(map[string]*toxiproxy.Proxy), relays: make(map[string]*relay), dir: p.data + " servers"}
	defer func() {
		if err != nil {
			n.stop()
		}
	}()
	n.clickHouse, err = embedded.StartClickHouse(ctx, embedded.Options{Dir: n.dir, Log: zap.NewNop(), LibPath: w.tools.LibCHDB, MaxMemory: serverMemory})
	if err != nil {
		return n, err
	}
	zerolog.SetGlobalLevel(zerolog.Disabled) // some toxics log past the logger that they are given
	server := toxiproxy.NewServer(toxiproxy.NewMetricsContainer(nil), zerolog.Nop())
	if err := n.proxy(server, "ClickHouse", n.clickHouse.NativeAddr()); err != nil {
		return n, err
	}
	behind, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return n, err
	}
	if err := n.proxy(server, "Kafka", behind.Addr().String()); err != nil {
		return n, errors.Join(err, behind.Close())
	}
	// The broker tells its clients the address of its listener: here that of the relay.
	front := &fronted{Listener: behind, addr: n.relays["Kafka"].addr()}
	n.kafka, err = kfake.NewCluster(kfake.NumBrokers(1), kfake.DataDir(filepath.Join(n.dir, "kafka")), kfake.SyncWrites(),
		kfake.ListenFn(func(string, string) (net.Listener, error) { return front, nil }))
	if err != nil {
		return n, errors.Join(err, behind.Close())
	}
	p.env = append(p.env, "DOORSTROOM_KAFKA_BROKERS="+n.relays["Kafka"].addr(), "DOORSTROOM_CLICKHOUSE_ADDR="+n.relays["ClickHouse"].addr(),
		"DOORSTROOM_CLICKHOUSE_HTTP="+n.clickHouse.HTTPAddr(), "DOORSTROOM_CLICKHOUSE_USER="+n.clickHouse.User(), "DOORSTROOM_CLICKHOUSE_PASSWORD="+n.clickHouse.Password())
	return n, nil
}

func (n *network) proxy(server *toxiproxy.ApiServer, name, upstream string) error {
	p := toxiproxy.NewProxy(server, name, "127.0.0.1:0", upstream)
	if err := p.Start(); err != nil {
		return fmt.Errorf("proxy before %s: %w", name, err)
	}
	n.proxies[name] = p
	r, err := newRelay(p.Listen)
	if err != nil {
		return fmt.Errorf("relay before %s: %w", name, err)
	}
	n.relays[name] = r
	return nil
}

func (n *network) stop() {
	for _, r := range n.relays {
		r.stop()
	}
	for _, p := range n.proxies {
		p.Stop()
	}
	if n.kafka != nil {
		n.kafka.Close()
	}
	if n.clickHouse != nil {
		_ = n.clickHouse.Stop(context.Background()) // its data go anyway
	}
	_ = os.RemoveAll(n.dir)
}

// fronted is a listener that goes by another address.
type fronted struct {
	net.Listener
	addr string
}

// Addr implements net.Listener.
func (f *fronted) Addr() net.Addr {
	addr, _ := net.ResolveTCPAddr("tcp", f.addr) // it is an address with numbers
	return addr
}

// faults are those between the program and its servers.
func (n *network) faults(r *rand.Rand) (list []fault) {
	pause := time.Duration(200+r.IntN(2500)) * time.Millisecond
	list = n.answers(r)
	for _, server := range []string{"ClickHouse", "Kafka"} {
		for _, toxic := range []struct{ name, json string }{
			{"connections cut", `{"type": "reset_peer", "attributes": {"timeout": 0}}`},
			{"answers swallowed", `{"type": "timeout", "attributes": {"timeout": 0}}`},
			{"questions swallowed", `{"type": "timeout", "stream": "upstream", "attributes": {"timeout": 0}}`},
			{"answers late", fmt.Sprintf(`{"type": "latency", "attributes": {"latency": %d, "jitter": 50}}`, 100+r.IntN(500))},
			{"narrow", fmt.Sprintf(`{"type": "bandwidth", "stream": "upstream", "attributes": {"rate": %d}}`, 20+r.IntN(200))},
		} {
			list = append(list, fault{name: server + ", " + toxic.name, do: func(ctx context.Context, _ *command) error {
				return poison(ctx, n.proxies[server], toxic.json, pause)
			}})
		}
		list = append(list, fault{name: server + ", half-open sockets", do: func(context.Context, *command) error {
			if n.relays[server].forget() == 0 {
				return errMissed
			}
			return nil
		}})
	}
	return list
}

// poison puts a toxic, in toxiproxy's JSON, between the program and a server for a while.
func poison(ctx context.Context, p *toxiproxy.Proxy, toxic string, pause time.Duration) error {
	added, err := p.Toxics.AddToxicJson(strings.NewReader(toxic))
	if err != nil {
		return err
	}
	select {
	case <-time.After(pause):
	case <-ctx.Done():
	}
	return p.Toxics.RemoveToxic(context.WithoutCancel(ctx), added.Name)
}
