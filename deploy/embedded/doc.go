// Package embedded starts the engines of doorstroom's default: ClickHouse, Kafka and a schema registry, on loopback and
// free ports, with their data in one folder, living as long as the command that starts them.
//
// ClickHouse is the real engine with its real native and HTTP servers, out of libchdb, in a child process of the same
// binary (see RunChildIfAsked). The child holds the read end of a pipe of its parent: when the parent stops or dies, it ends.
//
// Kafka is kfake, the broker of franz-go that speaks the real protocol, in this process, and the registry its srfake.
//
// A command takes hold of the data folder with LockData before it starts any of them.
package embedded
