package enginetest

import (
	"testing"

	"go.uber.org/zap"
	"go.uber.org/zap/zaptest"

	"doorstroom/deploy/embedded"
	"doorstroom/deploy/testservers/clickhousetest"
	"doorstroom/pipelines/kafka"
	"doorstroom/pipelines/warehouse"
)

// Engines are all that the main job works on.
type Engines struct {
	Warehouse *warehouse.DB
	Server    *embedded.ClickHouse
	Kafka     kafka.Cluster
	Registry  *kafka.Registry
	Log       *zap.Logger
}

// Start starts engines that hold nothing yet, no table and no topic either.
func Start(t *testing.T) *Engines {
	t.Helper()
	e := &Engines{Server: clickhousetest.Start(t).ClickHouse, Log: zaptest.NewLogger(t, zaptest.Level(zap.WarnLevel))}
	e.Warehouse = open(t, e.Server, false)
	o := embedded.Options{Dir: t.TempDir(), Log: e.Log}
	broker, err := embedded.StartKafka(o)
	clickhousetest.Must(t, err)
	t.Cleanup(broker.Stop)
	e.Kafka = kafka.Cluster{Brokers: []string{broker.Addr()}, Dial: broker.Dial}
	registry, err := embedded.StartRegistry(o)
	clickhousetest.Must(t, err)
	t.Cleanup(registry.Stop)
	e.Registry, err = kafka.OpenRegistry(registry.URL(), registry.Client(), "", "")
	clickhousetest.Must(t, err)
	return e
}
