package warehouse

import (
	"context"
	"fmt"
	"strings"

	"github.com/ClickHouse/ch-go/proto"
)

// readDatabases are those that people ask, ownDatabases the program's, dbt's among them.
var (
	readDatabases = []string{"ops", "facts", "facts_store", "marts", "latest", "as_of", "publication", "publication_store"}
	ownDatabases  = append([]string{"raw", "work", "staging", "intermediate"}, readDatabases...)
)

// rightsToRead are what a user of the commands that only read must have, rightsToRun what one of run, serve and migrate must.
var (
	rightsToRead = []string{"SELECT"}
	rightsToRun  = []string{"SELECT", "INSERT", "ALTER", "CREATE DATABASE", "CREATE TABLE", "CREATE VIEW", "DROP TABLE", "DROP VIEW", "TRUNCATE"}
)

// MissingRights gives, as statements, the rights that the user lacks for reading and for running.
func (d *DB) MissingRights(ctx context.Context) (read, run []string, err error) {
	if read, err = d.lacking(ctx, rightsToRead, readDatabases); err != nil {
		return nil, nil, err
	}
	run, err = d.lacking(ctx, rightsToRun, ownDatabases)
	return read, run, err
}

func (d *DB) lacking(ctx context.Context, rights, databases []string) (missing []string, err error) {
	for _, database := range databases {
		if missing, err = d.lacks(ctx, missing, rights, database); err != nil {
			return nil, err
		}
	}
	return missing, nil
}

func (d *DB) lacks(ctx context.Context, missing, rights []string, database string) ([]string, error) {
	var lacking []string
	for _, right := range rights {
		var granted bool
		if err := d.QueryRow(ctx, "CHECK GRANT "+right+" ON "+database+".*").Scan(&granted); err != nil {
			return nil, fmt.Errorf("asking for the right to %s on %s: %w", right, database, err)
		}
		if !granted {
			lacking = append(lacking, right)
		}
	}
	if len(lacking) > 0 {
		missing = append(missing, fmt.Sprintf("GRANT %s ON %s.* TO %s", strings.Join(lacking, ", "), database, d.config.User))
	}
	return missing, nil
}

// Disk is a disk of the server.
type Disk struct {
	Name        string
	Free, Total uint64
}

// Disks are those that the server keeps tables on. ok is false when the user may not see them.
func (d *DB) Disks(ctx context.Context) (disks []Disk, ok bool, err error) {
	rows, err := d.Query(ctx, "SELECT name, free_space, total_space FROM system.disks WHERE name IN (SELECT arrayJoin(disks) FROM system.storage_policies)")
	if code, answered := serverCode(err); answered && code == proto.ErrAccessDenied {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("asking for the server's disks: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var disk Disk
		if err := rows.Scan(&disk.Name, &disk.Free, &disk.Total); err != nil {
			return nil, false, fmt.Errorf("asking for the server's disks: %w", err)
		}
		disks = append(disks, disk)
	}
	return disks, true, rows.Err()
}
