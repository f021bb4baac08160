// Package embedded starts the engines of doorstroom's default: ClickHouse, Kafka and a schema registry, on loopback and
// free ports, with their data in one folder, living as long as the command that starts them.
//
// ClickHouse is the real engine with its real native and HTTP servers, out of libchdb, in a child process of the same
// binary (see RunChildIfAsked). The child reads from a terminal whose other end its parent holds: when the parent stops or dies, it
// ends. One user with a password made at random for the data folder may log in. It has no Replicated tables, and users are
// those of users.xml only.
//
// Kafka is kfake, the broker of franz-go that speaks the real protocol, in this process, and the registry its srfake.
// What a broker of one process does not do: replicas, tiered storage, and clients of other machines. What it keeps, messages
// and committed offsets, is on disk when it is acknowledged. Opening it after a clean stop reads one file of each partition
// at a time; after a kill it holds all that the topics keep in memory for a moment. So what Options.KafkaReader has
// committed is let go, and writes wait while it lags far behind.
//
// A command takes hold of the data folder with LockData before it starts any of them.
package embedded
