// Package lineage tells where the facts of an edition came from: Explain for
// one person, down to the row of the delivered file, and Compare for all
// persons of two editions.
//
// Both work on what was delivered (raw, ops) within what the edition was made
// of, and decide again which records are effective and who is who. Explain then lets
// package route make the facts again and refuses to tell a story about facts
// that are not the stored ones. Everything here is about persons: results go to
// the caller only, pseudonyms travel to ClickHouse as data and never stand in a query, an error or a log.
package lineage
