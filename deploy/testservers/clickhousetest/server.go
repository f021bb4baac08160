// Package clickhousetest starts ClickHouse servers for tests whose users have the profiles and rights that a test gives them.
package clickhousetest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"go.uber.org/zap"

	"doorstroom/deploy/embedded"
)

// Server is a ClickHouse of its own, as one that others look after.
type Server struct {
	*embedded.ClickHouse
	// Admin is a connection that sets nothing, of a user who may do everything.
	Admin driver.Conn
}

// User is a user of the server.
type User struct {
	Name, Password string
	// Profile has a value per setting, Constraints the elements of one per setting, such as "<const/>".
	Profile, Constraints map[string]string
	// Grants are statements; without any the user may do everything.
	Grants []string
	// Sees has, per table as "database.table", the condition of the rows that a policy leaves the user.
	Sees map[string]string
	// Quota has a limit per hour for each thing that ClickHouse counts, such as result_rows.
	Quota map[string]string
}

// WriteUsers has the next server of a data folder know these users beside its own.
func WriteUsers(t testing.TB, data string, users ...User) {
	t.Helper()
	writeUsers(t, filepath.Join(data, "clickhouse", "users.d"), users)
}

// Start gives a server with these users beside its own, which stops with the test. TestMain must begin with
// embedded.RunChildIfAsked.
func Start(t *testing.T, users ...User) *Server {
	t.Helper()
	tools, err := embedded.FindTools(os.Getenv("DOORSTROOM_LIBCHDB"), "")
	Must(t, err)
	dir := t.TempDir()
	WriteUsers(t, dir, users...)
	server, err := embedded.StartClickHouse(t.Context(), embedded.Options{Dir: dir, Log: zap.NewNop(), LibPath: tools.LibCHDB, MaxMemory: 1 << 30})
	Must(t, err)
	admin, err := clickhouse.Open(&clickhouse.Options{Addr: []string{server.NativeAddr()}, DialTimeout: 10 * time.Second,
		Auth: clickhouse.Auth{Username: server.User(), Password: server.Password()}})
	Must(t, err)
	t.Cleanup(func() {
		_ = admin.Close()
		_ = server.Stop(context.Background())
	})
	return &Server{ClickHouse: server, Admin: admin}
}

// writeUsers puts them where ClickHouse reads what is to be added to its users.
func writeUsers(t testing.TB, dir string, users []User) {
	t.Helper()
	Must(t, os.MkdirAll(dir, 0o700))
	var list, profiles, quotas strings.Builder
	for _, u := range users {
		list.WriteString(u.xml())
		profiles.WriteString(u.profile())
		fmt.Fprintf(&quotas, "<of_%[1]s><interval><duration>3600</duration>%[2]s</interval></of_%[1]s>", u.Name, elements(u.Quota))
	}
	text := "<clickhouse><users>" + list.String() + "</users><profiles>" + profiles.String() + "</profiles><quotas>" + quotas.String() + "</quotas></clickhouse>"
	Must(t, os.WriteFile(filepath.Join(dir, "test.xml"), []byte(text), 0o600))
}

func (u User) xml() string {
	grants := ""
	for _, g := range u.Grants {
		grants += "<query>" + g + "</query>"
	}
	if grants != "" {
		grants = "<grants>" + grants + "</grants>"
	}
	sum := sha256.Sum256([]byte(u.Password))
	return fmt.Sprintf("<%[1]s><password_sha256_hex>%[2]s</password_sha256_hex><networks><ip>127.0.0.1</ip></networks><profile>of_%[1]s</profile><quota>of_%[1]s</quota>%[3]s<databases>%[4]s</databases></%[1]s>",
		u.Name, hex.EncodeToString(sum[:]), grants, u.policies())
}

// policies are the tables of which the user sees some rows only.
func (u User) policies() string {
	var list strings.Builder
	for name, condition := range u.Sees {
		database, table, _ := strings.Cut(name, ".")
		fmt.Fprintf(&list, "<%[1]s><%[2]s>%[3]s</%[2]s></%[1]s>", database, table, elements(map[string]string{"filter": condition}))
	}
	return list.String()
}

func (u User) profile() string {
	var constraints strings.Builder
	for name, constraint := range u.Constraints {
		fmt.Fprintf(&constraints, "<%[1]s>%[2]s</%[1]s>", name, constraint)
	}
	return fmt.Sprintf("<of_%[1]s>%[2]s<constraints>%[3]s</constraints></of_%[1]s>", u.Name, elements(u.Profile), constraints.String())
}

// elements has an element of that name for each value.
func elements(values map[string]string) string {
	var list strings.Builder
	for name, value := range values {
		var escaped bytes.Buffer
		_ = xml.EscapeText(&escaped, []byte(value)) // a buffer takes everything
		fmt.Fprintf(&list, "<%[1]s>%[2]s</%[1]s>", name, escaped.String())
	}
	return list.String()
}

// Must ends a test that cannot go on.
func Must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
