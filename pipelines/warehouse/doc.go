// Package warehouse connects to ClickHouse and brings its tables up to date.
//
// DB is for DDL, bookkeeping and queries (clickhouse-go). Rows in bulk go through
// a connection of their own from DB.Bulk (ch-go), which moves whole columns.
package warehouse
