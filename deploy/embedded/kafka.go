package embedded

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
	"time"

	"github.com/twmb/franz-go/pkg/kfake"
	"go.uber.org/zap"
)

// kafkaUser is the only user of the embedded Kafka when it asks for a login.
const kafkaUser = "doorstroom"

// segmentBytes keeps a file of a partition small (8 MiB), because opening the broker reads each file as a whole, and
// because messages leave the disk a file at a time. With shortFile a write goes to a file of its own.
const segmentBytes, shortFile = "8388608", "1"

// Kafka is a running embedded broker. It lives in this process and ends with it.
type Kafka struct {
	cluster  *kfake.Cluster
	password string
	room     *room
	stop     sync.Once
}

// StartKafka opens the broker on the topics, records and committed offsets under Dir/kafka.
// Topics are never made by naming them: create each with its partitions.
func StartKafka(o Options) (*Kafka, error) {
	began := time.Now()
	dir := filepath.Join(o.Dir, "kafka")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("making Kafka's folder; make the data folder writable or choose another with --data: %w", err)
	}
	k := new(Kafka)
	file := segmentBytes
	if o.KafkaShortFiles {
		file = shortFile
	}
	options := []kfake.Opt{
		kfake.NumBrokers(1),
		kfake.ClusterID("doorstroom"),
		kfake.DataDir(dir),
		kfake.SyncWrites(),
		kfake.BrokerConfigs(map[string]string{"log.segment.bytes": file}),
		kfake.WithLogger(kafkaLog{o.Log}),
	}
	if o.KafkaLogin {
		// kfake keeps its users in its folder, and those outrank what it is started with: the password has to stay.
		var err error
		if k.password, err = password(dir); err != nil {
			return nil, err
		}
		options = append(options, kfake.EnableSASL(), kfake.Superuser("PLAIN", kafkaUser, k.password))
	}
	var err error
	if k.cluster, err = kfake.NewCluster(options...); err != nil {
		return nil, fmt.Errorf("opening the embedded Kafka in %s: %w", dir, err)
	}
	debug.FreeOSMemory() // what opening read is garbage by now, up to all that the topics hold after a kill
	if len(k.cluster.ListenAddrs()) != 1 {
		k.cluster.Close()
		return nil, errors.New("the embedded Kafka did not open its one address")
	}
	if o.KafkaReader != "" {
		k.room = keepRoom(k.cluster, o.KafkaReader, roomBytes)
	}
	o.Log.Info("embedded Kafka is up", zap.String("addr", k.Addr()), zap.Duration("took", time.Since(began)))
	return k, nil
}

// Addr is host:port of the broker.
func (k *Kafka) Addr() string { return k.cluster.ListenAddrs()[0] }

// User is the name for SASL PLAIN, empty if there is no login.
func (k *Kafka) User() string {
	if k.password == "" {
		return ""
	}
	return kafkaUser
}

// Password belongs to User; it stays with the data folder. Never log it.
func (k *Kafka) Password() string { return k.password }

// Stop writes what is open and ends the broker. It is fine to stop twice.
func (k *Kafka) Stop() {
	k.stop.Do(func() {
		if k.room != nil {
			k.room.end()
		}
		k.cluster.Close()
	})
}

// kafkaLog hands the broker's warnings to our log; its lower levels tell of every request.
type kafkaLog struct {
	log *zap.Logger
}

// Logf implements kfake.Logger. The broker formats offsets, sizes and names of topics, never keys or values.
func (l kafkaLog) Logf(level kfake.LogLevel, format string, args ...any) {
	switch level {
	case kfake.LogLevelError:
		l.log.Error("embedded Kafka: " + fmt.Sprintf(format, args...))
	case kfake.LogLevelWarn:
		l.log.Warn("embedded Kafka: " + fmt.Sprintf(format, args...))
	}
}
