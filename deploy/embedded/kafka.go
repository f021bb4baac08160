package embedded

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
	"time"

	"github.com/twmb/franz-go/pkg/kfake"
	"go.uber.org/zap"
)

// segmentBytes keeps a file of a partition small (8 MiB), because opening the broker reads each file as a whole, and
// because messages leave the disk a file at a time. With shortFile a write goes to a file of its own.
const segmentBytes, shortFile = "8388608", "1"

// Kafka is a running embedded broker. It lives in this process, ends with it, and is reached with Dial from within only.
type Kafka struct {
	inside
	cluster *kfake.Cluster
	room    *room
	stop    sync.Once
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
		kfake.Ports(insidePort),
		kfake.ListenFn(k.network.Listen),
	}
	if err := dropLogins(o.Dir); err != nil {
		return nil, err
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

// dropLogins removes what earlier versions kept so that clients could log in over a port.
func dropLogins(data string) error {
	for name := range logins {
		if err := os.Remove(filepath.Join(data, filepath.FromSlash(name))); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("removing Kafka's logins of before: %w", err)
		}
	}
	return nil
}

// Addr is host:port of the broker, for Dial.
func (k *Kafka) Addr() string { return k.cluster.ListenAddrs()[0] }

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
