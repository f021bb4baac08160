package embedded

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
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

// password reads the password of this data folder, made at random the first time.
func password(dir string) (string, error) {
	path := filepath.Join(dir, "password")
	content, err := os.ReadFile(path)
	if word := strings.TrimSpace(string(content)); err == nil && word != "" {
		return word, nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("reading the password of an embedded engine: %w", err)
	}
	word := rand.Text()
	if err := os.WriteFile(path, []byte(word+"\n"), 0o600); err != nil {
		return "", fmt.Errorf("writing the password of an embedded engine: %w", err)
	}
	return word, nil
}

func sha256Hex(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}
