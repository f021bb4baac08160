package backup

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/pressly/goose/v3"

	"doorstroom/schemas/migrations"
)

// manifestName is the file of a backup that says what is in it; it is written last.
const manifestName = "manifest.json"

// format is what this program writes and the only one that it reads.
const format = 1

// Errors of a backup that is not restored. Nothing was changed when one is given.
var (
	// ErrNoBackup says that a folder is not one of our backups.
	ErrNoBackup = errors.New("no backup of doorstroom")
	// ErrDamaged says that a backup is not as it was made.
	ErrDamaged = errors.New("the backup is damaged")
	// ErrTooNew says that a newer program made the backup.
	ErrTooNew = errors.New("the backup was made by a newer doorstroom")
	// ErrSealed says that a backup cannot be opened with the identities given.
	ErrSealed = errors.New("the backup is sealed")
)

// Manifest says what a backup holds. It holds counts and hashes, nothing of a person.
type Manifest struct {
	Format  int       `json:"format"`
	MadeAt  time.Time `json:"made_at"`
	Program string    `json:"program"` // version of doorstroom
	Sealed  bool      `json:"sealed"`
	Warehouse
	Files []File `json:"files"`
}

// Warehouse is what the backup holds of ClickHouse.
type Warehouse struct {
	ClickHouse    string `json:"clickhouse"`     // version of the server
	SchemaVersion int64  `json:"schema_version"` // newest migration of schemas/migrations that was applied
	// Place is where a server of one's own keeps it; empty when it is a file of the backup.
	Place    Place     `json:"place,omitzero"`
	Editions []Edition `json:"editions"`
	Tables   []Table   `json:"tables"`
}

// Edition is a table of facts in an edition, as `doorstroom editions` lists it.
type Edition struct {
	Edition string `json:"edition"`
	Table   string `json:"table"`
	Rows    uint64 `json:"rows"`
	Hash    string `json:"content_hash"`
}

// Table is a stored table: its rows, those that replaced others counted once, and a hash of them in any order.
type Table struct {
	Name string `json:"table"` // with its database
	Rows uint64 `json:"rows"`
	Hash string `json:"content_hash"`
}

// File is a file of the backup as it lies there, sealed or not.
type File struct {
	Name   string `json:"name"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// String sums up for a person.
func (m Manifest) String() string {
	var rows uint64
	for _, t := range m.Tables {
		rows += t.Rows
	}
	editions := make(map[string]bool)
	for _, e := range m.Editions {
		editions[e.Edition] = true
	}
	sealed := ""
	if m.Sealed {
		sealed = ", sealed"
	}
	return fmt.Sprintf("%d rows in %d tables, editions: %d, made %s%s", rows, len(m.Tables), len(editions), m.MadeAt.Format("2006-01-02 15:04:05 UTC"), sealed)
}

// NewestSchema is the newest migration that this program knows.
func NewestSchema() (int64, error) {
	names, err := fs.Glob(migrations.FS, "*.sql")
	if err != nil || len(names) == 0 {
		return 0, fmt.Errorf("reading the migrations: %w", err)
	}
	return goose.NumericComponent(names[len(names)-1])
}

func readManifest(dir string) (*Manifest, error) {
	content, err := os.ReadFile(filepath.Join(dir, manifestName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s is %w, or one that was not finished: it has no %s", dir, ErrNoBackup, manifestName)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the backup: %w", err)
	}
	var m Manifest
	if err := json.Unmarshal(content, &m); err != nil {
		return nil, fmt.Errorf("%w: %s cannot be read; take another backup: %w", ErrDamaged, manifestName, err)
	}
	if m.Format == 0 {
		return nil, fmt.Errorf("%s is %w: its %s is of something else", dir, ErrNoBackup, manifestName)
	}
	newest, err := NewestSchema()
	if err != nil {
		return nil, err
	}
	if m.Format > format || m.SchemaVersion > newest {
		return nil, fmt.Errorf("%w (version %s, tables of migration %d; this one knows %d): install that version or a newer one",
			ErrTooNew, m.Program, m.SchemaVersion, newest)
	}
	return &m, nil
}
