package edition_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zaptest"

	"doorstroom/deploy/embedded"
	"doorstroom/deploy/testservers/clickhousetest"
	"doorstroom/pipelines/edition"
	"doorstroom/pipelines/kafka"
	"doorstroom/pipelines/slice"
	"doorstroom/pipelines/warehouse"
)

// TestMain lets this test binary be the ClickHouse process that the tests start.
func TestMain(m *testing.M) { clickhousetest.Main(m) }

// engine is a real ClickHouse and a real Kafka protocol with all tables and topics.
type engine struct {
	server *embedded.ClickHouse
	db     *warehouse.DB
	kafka  kafka.Cluster
	log    *zap.Logger
	facts  *edition.Builder
}

func startEngine(t testing.TB, maxMemory uint64) *engine {
	t.Helper()
	tools, err := embedded.FindTools(os.Getenv("DOORSTROOM_LIBCHDB"), "")
	must(t, err)
	e := &engine{log: zaptest.NewLogger(t, zaptest.Level(zap.InfoLevel))}
	options := embedded.Options{Dir: filepath.Join(t.TempDir(), "data"), Log: e.log, LibPath: tools.LibCHDB, MaxMemory: maxMemory}
	e.server, err = embedded.StartClickHouse(t.Context(), options)
	must(t, err)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		must(t, e.server.Stop(ctx))
	})
	if apache == nil {
		broker, err := embedded.StartKafka(options)
		must(t, err)
		t.Cleanup(broker.Stop)
		e.kafka = kafka.Cluster{Brokers: []string{broker.Addr()}, Dial: broker.Dial}
	} else {
		e.kafka = apacheKafka(t)
	}
	e.db, err = warehouse.Open(t.Context(), warehouse.Config{Addr: e.server.NativeAddr(), User: e.server.User(), Password: e.server.Password()})
	must(t, err)
	t.Cleanup(func() { must(t, e.db.Close()) })
	_, err = e.db.Migrate(t.Context())
	must(t, err)
	must(t, kafka.EnsureTopics(t.Context(), e.kafka))
	e.facts = edition.New(edition.Config{Config: slice.Config{Warehouse: e.db, Kafka: e.kafka, Log: e.log}})
	return e
}

var must = clickhousetest.Must

func (e *engine) exec(t testing.TB, query string, args ...any) {
	t.Helper()
	if err := e.db.Exec(t.Context(), query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}
