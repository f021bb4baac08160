package embedded

import "go.uber.org/zap"

// Options say where and how the embedded engines run. Dir and Log are needed by all of them.
type Options struct {
	Dir string // data folder: ClickHouse keeps everything under clickhouse, Kafka under kafka, the registry under registry
	Log *zap.Logger

	LibPath    string // ClickHouse: libchdb, from FindTools
	MaxMemory  uint64 // ClickHouse: bytes for the whole server; 0: DefaultMaxMemory
	NativePort int    // ClickHouse: 0 is any free one
	HTTPPort   int    // ClickHouse: 0 is any free one

	// KafkaReader is the consumer group that reads the topics: what it has committed is let go, and writes wait when it
	// lags far behind. Empty: messages stay as long as their topic says.
	KafkaReader string
	// KafkaShortFiles begins a file of the log with every write. Messages leave the disk a file at a time, so that those
	// before a write can be let go to the last byte.
	KafkaShortFiles bool
}
