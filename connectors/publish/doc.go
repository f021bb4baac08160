// Package publish puts messages on Kafka and says so only when the brokers have
// them. Records go out as Avro in Confluent framing, one message per record;
// control messages and quarantine entries as JSON.
//
// A request that timed out may have arrived all the same, and is sent again:
// the raw tables know a row by where it came from, so a double does no harm.
package publish
