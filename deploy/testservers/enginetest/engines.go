package enginetest

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"go.uber.org/zap"
	"go.uber.org/zap/zaptest"

	"doorstroom/deploy/embedded"
	"doorstroom/deploy/testservers/clickhousetest"
	"doorstroom/pipelines/kafka"
	"doorstroom/pipelines/warehouse"
)

// Options are what few tests want otherwise.
type Options struct {
	// MaxMemory is that of ClickHouse in bytes; 0 is 1 GiB.
	MaxMemory uint64
	// Kafka is another than the embedded one, such as Apache Kafka.
	Kafka *kafka.Cluster
	// ShortFiles has the embedded Kafka begin a file with every write.
	ShortFiles bool
	// Empty leaves them without tables and topics.
	Empty bool
}

// Engines are all that the main job works on.
type Engines struct {
	// Dir is the data folder.
	Dir       string
	Server    *embedded.ClickHouse
	Warehouse *warehouse.DB
	Kafka     kafka.Cluster
	Registry  *kafka.Registry
	Log       *zap.Logger
}

// Start starts engines with every table and topic, and no row and message.
func Start(t testing.TB, o Options) *Engines {
	t.Helper()
	tools, err := embedded.FindTools(os.Getenv("DOORSTROOM_LIBCHDB"), "")
	clickhousetest.Must(t, err)
	e := &Engines{Dir: filepath.Join(t.TempDir(), "data"), Log: zaptest.NewLogger(t, zaptest.Level(zap.InfoLevel))}
	options := embedded.Options{Dir: e.Dir, Log: e.Log, LibPath: tools.LibCHDB, MaxMemory: max(o.MaxMemory, 1<<30), KafkaShortFiles: o.ShortFiles}
	e.startKafka(t, o.Kafka, options)
	e.Server, err = embedded.StartClickHouse(t.Context(), options)
	clickhousetest.Must(t, err)
	t.Cleanup(func() { clickhousetest.Must(t, e.Server.Stop(context.Background())) })
	e.Warehouse = open(t, e.Server, !o.Empty)
	if !o.Empty {
		clickhousetest.Must(t, kafka.EnsureTopics(t.Context(), e.Kafka))
	}
	return e
}

// startKafka starts the registry, and the embedded Kafka unless another is given.
func (e *Engines) startKafka(t testing.TB, given *kafka.Cluster, o embedded.Options) {
	t.Helper()
	registry, err := embedded.StartRegistry(o)
	clickhousetest.Must(t, err)
	t.Cleanup(registry.Stop)
	e.Registry, err = kafka.OpenRegistry(registry.URL(), registry.Client(), "", "")
	clickhousetest.Must(t, err)
	if given != nil {
		e.Kafka = *given
		return
	}
	broker, err := embedded.StartKafka(o)
	clickhousetest.Must(t, err)
	t.Cleanup(broker.Stop)
	e.Kafka = kafka.Cluster{Brokers: []string{broker.Addr()}, Dial: broker.Dial}
}
