// Package kafkatest starts Apache Kafka for tests: one to three brokers in KRaft mode, each a process of its own, on
// loopback, with all its files in the test's temporary folder. The test that starts a cluster stops it by ending.
//
// The jars are those that `make tools` puts in .tools/kafka. The program itself never needs them.
package kafkatest
