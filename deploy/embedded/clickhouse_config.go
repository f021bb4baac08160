package embedded

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"text/template"
)

//go:embed config.xml.tmpl
var configXML string

//go:embed users.xml.tmpl
var usersXML string

var configTemplates = template.Must(template.Must(
	template.New("config.xml").Funcs(template.FuncMap{"xml": escapeXML}).Parse(configXML)).
	New("users.xml").Parse(usersXML))

// serverConfig is what the templates of ClickHouse's configuration need.
type serverConfig struct {
	Home        string // folder of everything below
	NativePort  int    // 0: a free one
	HTTPPort    int
	MaxMemory   uint64 // bytes, of the whole server
	User        string
	PasswordSHA string // sha256 in hex
	Reader      string // another user, who reads
	ReaderSHA   string // sha256 of its password, in hex
}

// MarkCache, PageSpill and the like are shares of the memory, so that a small limit still leaves room for queries.
func (c serverConfig) MarkCache() uint64         { return c.MaxMemory / 16 }
func (c serverConfig) UncompressedCache() uint64 { return c.MaxMemory / 32 }
func (c serverConfig) SpillBytes() uint64        { return c.MaxMemory / 4 }

func escapeXML(s string) (string, error) {
	var out bytes.Buffer
	err := xml.EscapeText(&out, []byte(s))
	return out.String(), err
}

// writeConfig lays out the server's folders and writes config.xml and users.xml, readable by this user only.
func writeConfig(c serverConfig) error {
	for _, sub := range []string{"store", "tmp", "log", "user_files", "format_schemas", "backups"} {
		if err := os.MkdirAll(filepath.Join(c.Home, sub), 0o700); err != nil {
			return fmt.Errorf("making ClickHouse's folders: %w", err)
		}
	}
	for _, name := range []string{"config.xml", "users.xml"} {
		var out bytes.Buffer
		if err := configTemplates.ExecuteTemplate(&out, name, c); err != nil {
			return fmt.Errorf("making ClickHouse's %s: %w", name, err)
		}
		if err := os.WriteFile(filepath.Join(c.Home, name), out.Bytes(), 0o600); err != nil {
			return fmt.Errorf("writing ClickHouse's %s: %w", name, err)
		}
	}
	return nil
}

// readerDatabases hold what a question may be about; those of facts are views over facts_store, those of publication over publication_store.
var readerDatabases = []string{"facts", "facts_store", "marts", "latest", "as_of", "ops", "publication", "publication_store", "raw", "information_schema", "INFORMATION_SCHEMA"}

// readerSystem are the system's tables that tell what there is to ask, and nothing of who asks, of settings with secrets,
// or of what a query failed on.
var readerSystem = []string{"databases", "tables", "columns", "functions", "formats", "data_type_families", "one", "numbers", "numbers_mt", "settings", "parts"}

// ReaderGrants are all that the reader may do. No source (FILE, URL and their like) is granted, nor the making of
// temporary tables, without which no function that reads elsewhere works.
func (c serverConfig) ReaderGrants() (grants []string) {
	for _, database := range readerDatabases {
		grants = append(grants, "GRANT SELECT, SHOW ON "+database+".*")
	}
	for _, table := range readerSystem {
		grants = append(grants, "GRANT SELECT, SHOW ON system."+table)
	}
	// Who has this key could make rows whose digests agree with others'.
	return append(grants, "REVOKE SELECT ON raw.digest_key")
}

func sha256Hex(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}
