// Package embedded starts the engines of doorstroom's default: ClickHouse on free ports of the loopback address, Kafka and
// a schema registry without any, with their data in one folder, living as long as the command that starts them.
//
// ClickHouse is the real engine with its real native and HTTP servers, out of libchdb, in a child process of the same
// binary (see RunChildIfAsked). The child reads from a terminal whose other end its parent holds: when the parent stops or dies, it
// ends. It sees its own folder only, where the system can do that. Two users may log in, with passwords made at random for
// each start: the program, and one who reads for people. It has no Replicated tables.
//
// Kafka is kfake, the broker of franz-go that speaks the real protocol, in this process, and the registry its srfake.
// What a broker of one process does not do: replicas, tiered storage, and clients of other machines. What it keeps, messages
// and committed offsets, is on disk when it is acknowledged. Opening it after a clean stop reads one file of each partition
// at a time; after a kill it holds all that the topics keep in memory for a moment. So what Options.KafkaReader has
// committed is let go, and writes wait while it lags far behind.
//
// A command takes hold of the data folder with LockData before it starts any of them.
package embedded
