// Package migrations holds the numbered DDL of the warehouse, in the format of pressly/goose.
//
// Those named _raw are generated: the next one is written when schemas/avro asks for other raw tables than these give.
// A migration that has landed is never edited; landed.sha256 holds each to its text.
package migrations

import "embed"

// FS holds the SQL files.
//
//go:embed *.sql
var FS embed.FS
