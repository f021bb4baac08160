package edition_test

import (
	"testing"

	"go.uber.org/zap"

	"doorstroom/deploy/embedded"
	"doorstroom/deploy/testservers/clickhousetest"
	"doorstroom/deploy/testservers/enginetest"
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
	o := enginetest.Options{MaxMemory: maxMemory}
	if apache != nil {
		cluster := apacheKafka(t)
		o.Kafka = &cluster
	}
	started := enginetest.Start(t, o)
	e := &engine{server: started.Server, db: started.Warehouse, kafka: started.Kafka, log: started.Log}
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
