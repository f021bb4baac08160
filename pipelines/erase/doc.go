// Package erase removes persons from everything that the program keeps: raw
// tables, every edition's facts, the marts of open editions, Kafka, the tables
// of builds, logs of queries, and what the server still has on disk of it.
//
// An erasure goes through these steps. Each can be done again, so that one that
// was broken off is finished by Finish, and until then no run may begin.
//
//  1. links.go: which pseudonyms are the persons'.
//  2. rows.go, choose.go: which rows of the raw tables go.
//  3. begin.go: all this is kept, in database work (pseudonyms) and ops (places of rows), before the first row goes.
//  4. finish.go: rows of facts, of closed editions too; open editions are marked, so that the next build makes them again.
//  5. finish.go: Kafka, then the raw tables.
//  6. search.go: the server's logs of queries.
//  7. disk.go: what the server wrote before and has not removed yet.
//  8. search.go: a search in all tables and topics, which must find nothing.
//
// No pseudonym stands in the text of a statement: ClickHouse keeps the text of
// mutations on disk. They travel as data, and conditions look them up in tables
// that are dropped last. What stays is in ops: who, when, why and how much.
package erase
