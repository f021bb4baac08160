package warehouse

import (
	"context"
	"fmt"
	"io/fs"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/pressly/goose/v3"

	"doorstroom/schemas/migrations"
)

// versionTable holds which migrations were applied.
const versionTable = "ops.schema_version"

// Migrate brings the tables up to date and returns how many migrations it applied.
// With nothing to do it takes two queries. It is an error if a newer program was here.
func (d *DB) Migrate(ctx context.Context) (applied int, err error) {
	schema, err := d.Schema(ctx)
	if err != nil {
		return 0, err
	}
	if err := schema.Newer(); err != nil {
		return 0, err
	}
	if len(schema.Missing()) == 0 {
		return 0, nil
	}
	if err := d.Exec(ctx, "CREATE DATABASE IF NOT EXISTS ops"); err != nil {
		return 0, fmt.Errorf("making database ops; the ClickHouse user needs the right to create databases: %w", err)
	}
	provider, err := d.provider(migrations.FS)
	if err != nil {
		return 0, err
	}
	defer provider.Close()
	results, err := provider.Up(ctx)
	if err != nil {
		return len(results), fmt.Errorf("bringing the tables of the warehouse up to date: %w", err)
	}
	return len(results), nil
}

// provider applies the migrations of a folder over a connection of its own.
func (d *DB) provider(files fs.FS) (*goose.Provider, error) {
	options := d.config.options()
	options.MaxOpenConns, options.MaxIdleConns = 1, 1
	provider, err := goose.NewProvider(goose.DialectClickHouse, clickhouse.OpenDB(options), files, goose.WithTableName(versionTable), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return nil, fmt.Errorf("reading the migrations: %w", err)
	}
	return provider, nil
}
