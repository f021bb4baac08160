// Package migrations holds the numbered DDL of the warehouse, in the format of pressly/goose.
//
// 00001 makes the bookkeeping (database ops), 00002 the raw tables and is generated, later numbers the facts.
// A migration that has been released is never edited; write a new number instead.
package migrations

import "embed"

// FS holds the SQL files.
//
//go:embed *.sql
var FS embed.FS
