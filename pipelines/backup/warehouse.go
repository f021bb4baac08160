package backup

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/google/uuid"

	"doorstroom/pipelines/warehouse"
)

// databases are those of doorstroom on a server that may hold others. What is in work belongs to a build under way and is
// made again.
var databases = []string{"ops", "raw", "facts_store", "facts", "staging", "intermediate", "marts", "latest", "as_of", "publication_store", "publication"}

// pollEvery is how often the server is asked how far it is.
const pollEvery = 100 * time.Millisecond

// stopTimeout is how long a server may take to hear that nobody waits for it any more.
const stopTimeout = 10 * time.Second

// Place is where the server writes a backup: a disk of its configuration and a folder on it. It could write one archive
// instead, but restoring from that takes time by the square of its size.
type Place struct {
	Disk string `json:"disk"`
	Name string `json:"name"`
}

func (p Place) String() string { return "Disk(" + literal(p.Disk) + ", " + literal(p.Name) + ")" }

// literal quotes a text for SQL.
func literal(text string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(text) + "'"
}

// Save lets the server write the warehouse to a place that has no such name yet. Whoever else writes to the warehouse
// meanwhile spoils the backup. It gives the bytes that were written.
func Save(ctx context.Context, db *warehouse.DB, to Place) (bytes uint64, err error) {
	there, err := existing(ctx, db)
	if err != nil {
		return 0, err
	}
	if bytes, err = run(ctx, db, "BACKUP "+there+" TO "+to.String()); err != nil {
		return 0, fmt.Errorf("letting ClickHouse write its backup to %s: %w", to, err)
	}
	return bytes, nil
}

// Load lets the server bring back the warehouse from a place, into databases that hold no table.
func Load(ctx context.Context, db *warehouse.DB, from Place) error {
	used, err := existing(ctx, db)
	if err != nil {
		return err
	}
	if used != "" {
		return fmt.Errorf("the warehouse is in use, and a restore writes over nothing: restore into an empty one, or first drop there what is no longer wanted (DROP %s)",
			strings.ReplaceAll(used, ", DATABASE ", "; DROP DATABASE "))
	}
	if _, err := run(ctx, db, "RESTORE ALL FROM "+from.String()); err != nil {
		return fmt.Errorf("letting ClickHouse restore its backup from %s: %w", from, err)
	}
	if err := db.Exec(ctx, "CREATE DATABASE IF NOT EXISTS work"); err != nil {
		return fmt.Errorf("making the database of builds under way: %w", err)
	}
	return nil
}

// existing names those databases of ours that hold a table, as BACKUP wants them; it is empty when none does.
func existing(ctx context.Context, db *warehouse.DB) (string, error) {
	rows, err := db.Query(ctx, "SELECT DISTINCT database FROM system.tables WHERE has(?, database) ORDER BY indexOf(?, database)", databases, databases)
	if err != nil {
		return "", fmt.Errorf("listing the databases of the warehouse: %w", err)
	}
	defer rows.Close()
	var list []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return "", fmt.Errorf("listing the databases of the warehouse: %w", err)
		}
		list = append(list, "DATABASE "+name)
	}
	return strings.Join(list, ", "), rows.Err()
}

// run starts a BACKUP or RESTORE and waits for its end. It is asked for again and again, because the statement itself
// says nothing while it works, and a silent connection counts as dead. When ctx ends the server is told to stop, which
// it does after the file that it is at; of a backup it then removes what it wrote.
func run(ctx context.Context, db *warehouse.DB, statement string) (bytes uint64, err error) {
	query := uuid.NewString()
	defer func() {
		if err != nil && ctx.Err() != nil {
			err = errors.Join(err, stop(ctx, db, query))
		}
	}()
	var id, status string
	if err := db.QueryRow(clickhouse.Context(ctx, clickhouse.WithQueryID(query)), statement+" ASYNC").Scan(&id, &status); err != nil {
		return 0, err
	}
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		var problem string
		if err := db.QueryRow(ctx, "SELECT toString(status), error, total_size FROM system.backups WHERE id = ?", id).Scan(&status, &problem, &bytes); err != nil {
			return 0, err
		}
		switch status {
		case "BACKUP_CREATED", "RESTORED":
			return bytes, nil
		case "CREATING_BACKUP", "RESTORING":
		default:
			problem, _, _ = strings.Cut(problem, ", Stack trace")
			return 0, errors.New(problem)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
}

// stop ends a statement that goes on at the server by itself, although ctx has ended.
func stop(ctx context.Context, db *warehouse.DB, query string) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	if err := db.Exec(ctx, "KILL QUERY WHERE query_id = ? ASYNC", query); err != nil {
		return fmt.Errorf("telling ClickHouse to stop as well, which still works on it (system.backups shows it): %w", err)
	}
	return nil
}
