package load

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	kafkago "github.com/segmentio/kafka-go"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest"

	"doorstroom/deploy/embedded"
	"doorstroom/deploy/testservers/clickhousetest"
	"doorstroom/pipelines/delivery"
	"doorstroom/pipelines/kafka"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// TestMain lets this test binary be the ClickHouse process that the tests start.
func TestMain(m *testing.M) { clickhousetest.Main(m) }

// engine is a real ClickHouse and a real Kafka protocol with all tables and topics.
type engine struct {
	dir     string
	server  *embedded.ClickHouse
	options embedded.Options
	db      *warehouse.DB
	kafka   kafka.Cluster
	writer  *kafkago.Writer
	loader  *Loader
	decider *delivery.Decider
	log     *zap.Logger
}

func startEngine(t testing.TB) *engine {
	t.Helper()
	tools, err := embedded.FindTools(os.Getenv("DOORSTROOM_LIBCHDB"), "")
	must(t, err)
	dir := filepath.Join(t.TempDir(), "data")
	e := &engine{dir: dir, log: zaptest.NewLogger(t, zaptest.Level(zap.InfoLevel))}
	e.options = embedded.Options{Dir: dir, Log: e.log, LibPath: tools.LibCHDB, MaxMemory: 3 << 30}
	if apache == nil {
		broker, err := embedded.StartKafka(e.options)
		must(t, err)
		t.Cleanup(broker.Stop)
		e.kafka = kafka.Cluster{Brokers: []string{broker.Addr()}, Dial: broker.Dial}
	} else {
		e.kafka = apacheKafka(t)
	}
	e.startClickHouse(t)
	_, err = e.db.Migrate(t.Context())
	must(t, err)
	must(t, kafka.EnsureTopics(t.Context(), e.kafka))
	transport := &kafkago.Transport{Dial: e.kafka.Dial, TLS: e.kafka.TLS, SASL: e.kafka.SASL}
	t.Cleanup(transport.CloseIdleConnections)
	e.writer = &kafkago.Writer{
		Addr: kafkago.TCP(e.kafka.Brokers...), Transport: transport, Balancer: kafkago.Murmur2Balancer{}, BatchSize: 10000, BatchBytes: 900_000,
		BatchTimeout: 5 * time.Millisecond, RequiredAcks: kafkago.RequireAll,
	}
	t.Cleanup(func() { must(t, e.writer.Close()) })
	e.loader = New(Config{Kafka: e.kafka, Warehouse: e.db, Schemas: schemaIDs(), Log: e.log})
	e.decider = &delivery.Decider{Warehouse: e.db, Loader: e.loader, Stall: 20 * time.Second, Log: e.log}
	return e
}

// startClickHouse starts the server on the data that is there and connects.
func (e *engine) startClickHouse(t testing.TB) {
	t.Helper()
	clickhousetest.WriteUsers(t, e.options.Dir, clickhousetest.User{Name: "restarts", Password: "x"}) // the server's own password is new with every start
	var err error
	e.server, err = embedded.StartClickHouse(t.Context(), e.options)
	must(t, err)
	t.Cleanup(func() { _ = e.server.Stop(context.Background()) }) // killed ones report that they were
	e.db, err = warehouse.Open(t.Context(), warehouse.Config{Addr: e.server.NativeAddr(), User: "restarts", Password: "x"})
	must(t, err)
	t.Cleanup(func() { _ = e.db.Close() })
	_, port, err := net.SplitHostPort(e.server.NativeAddr())
	must(t, err)
	e.options.NativePort, err = strconv.Atoi(port) // a restart is at the same address
	must(t, err)
}

// start sets the loader to work until the test ends.
func (e *engine) start(t testing.TB) {
	t.Helper()
	must(t, e.loader.Start(t.Context()))
	t.Cleanup(e.loader.Stop)
}

// schemaIDs numbers the records from 1, as a registry would.
func schemaIDs() map[uint32]string {
	ids := make(map[uint32]string)
	for i, r := range schemas.Records {
		ids[uint32(i+1)] = r.Name
	}
	return ids
}

func schemaID(record string) uint32 {
	for id, name := range schemaIDs() {
		if name == record {
			return id
		}
	}
	panic("no record " + record)
}

// message frames a row as the publisher does.
func message(record string, row schemas.Row, at schemas.Position) []byte {
	msg := binary.BigEndian.AppendUint32([]byte{0}, schemaID(record))
	return row.AppendAvro(msg, at)
}

// send produces messages to a record's topic, keyed by their number.
func (e *engine) send(t testing.TB, topic string, messages ...[]byte) {
	t.Helper()
	out := make([]kafkago.Message, len(messages))
	for i, m := range messages {
		out[i] = kafkago.Message{Topic: topic, Key: fmt.Appendf(nil, "%d", i), Value: m}
	}
	must(t, e.writer.WriteMessages(t.Context(), out...))
}

func (e *engine) sendQuarantined(t testing.TB, entries ...schemas.Quarantined) {
	t.Helper()
	for _, q := range entries {
		msg, err := json.Marshal(q)
		must(t, err)
		e.send(t, schemas.QuarantineTopic, msg)
	}
}

// text runs a query of one value.
func (e *engine) text(t testing.TB, query string, args ...any) string {
	t.Helper()
	var s string
	if err := e.db.QueryRow(t.Context(), query, args...).Scan(&s); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return s
}

func (e *engine) drain(t testing.TB) {
	t.Helper()
	must(t, e.loader.Drain(t.Context(), 20*time.Second, 20*time.Second))
}

// sample fills a row with a value for every field, or only for those that are always there.
func sample(r *schemas.Record, all bool) (schemas.Row, map[string]string) {
	row := r.New()
	row.Reset(schemas.SyntaxISO)
	want := make(map[string]string)
	for i, f := range r.Fields {
		if f.Name == "operation" || !all && !f.Always && f.Name != "pseudonym_v" {
			continue
		}
		v := sampleValue(f)
		row.SetText(i, []byte(v))
		want[f.Name] = v
	}
	return row, want
}

func sampleValue(f schemas.Field) string {
	if f.List != nil {
		var last string
		f.List.Each(func(_ schemas.Code, text string) { last = text })
		return last
	}
	switch f.Kind {
	case schemas.KindPseudonym:
		return "abcdefghijklmnopqrstuvwx2a"
	case schemas.KindYear:
		return "1955"
	case schemas.KindInt32:
		return "3"
	case schemas.KindInt64:
		return "-123456789012"
	case schemas.KindHours:
		return "12.5"
	case schemas.KindDate, schemas.KindInexactDate:
		return sampleDay(f.Name)
	case schemas.KindCode:
		if f.Name == "country_code" {
			return "SY"
		}
		return "0213"
	}
	return "id-1.x_Y"
}

// sampleDay keeps periods in order and within their limits, at the ends of what the contract allows.
func sampleDay(field string) string {
	switch field {
	case "period_end":
		return "1970-02-05" // 36 days
	case "end", "ikv_end", "valid_to", "left_on", "term_end":
		return "2100-12-31"
	}
	return "1970-01-01"
}

var must = clickhousetest.Must
