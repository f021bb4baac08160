package warehouse

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"doorstroom/deploy/embedded"
	"doorstroom/deploy/testservers/clickhousetest"
)

// leaveDBTNoAnswer are the settings of which another value than ours leaves dbt's client no answer to what it asks first: the
// start refuses each by its name.
var leaveDBTNoAnswer = []string{"additional_result_filter", "dialect", "discard_query_data", "extremes", "implicit_transaction",
	"inject_random_order_for_select_without_order_by", "max_parser_backtracks", "max_parser_depth",
	"max_temporary_columns", "max_temporary_non_const_columns", "offset", "output_format_native_encode_types_in_binary_format", "use_query_cache"}

// TestEachSettingArrives has a user for every setting of ours, whose profile has another value of that one alone. Both of the
// program's clients and dbt's have ours all the same; or else the start refuses that profile, and names the setting.
func TestEachSettingArrives(t *testing.T) {
	var users []clickhousetest.User
	for _, s := range OurSettings() {
		users = append(users, clickhousetest.User{Name: "has_" + s.Name, Password: "x", Profile: map[string]string{s.Name: clickhousetest.Harm(s.Name, s.Value)}})
	}
	server := clickhousetest.Start(t, users...)
	asDBT := map[string]*DB{}
	for _, s := range OurSettings() {
		db := open(t, Config{Addr: server.NativeAddr(), User: "has_" + s.Name, Password: "x"})
		if pooled, bulk := pooledValue(t, db, s.Name), bulkValue(t, db, s.Name); pooled != s.Value || bulk != s.Value {
			t.Errorf("%s is %q in the pool and %q in bulk, want %q", s.Name, pooled, bulk, s.Value)
		}
		err := db.CheckForDBT(t.Context())
		switch refused := slices.Contains(leaveDBTNoAnswer, s.Name); {
		case !refused && err != nil:
			t.Errorf("%s is refused: %v", s.Name, err)
		case refused && (!errors.Is(err, ErrProfile) || !strings.Contains(err.Error(), "take "+s.Name+" out of the profile")):
			t.Errorf("%s is not refused by its name: %v", s.Name, err)
		case !refused:
			asDBT[s.Name] = db
		}
	}
	seen := dbtValues(t, server.HTTPAddr(), asDBT)
	for _, s := range OurSettings() {
		if asDBT[s.Name] != nil && seen[s.Name] != s.Value {
			t.Errorf("%s is %q for dbt, want %q", s.Name, seen[s.Name], s.Value)
		}
	}
}

func pooledValue(t *testing.T, db *DB, name string) (value string) {
	t.Helper()
	must(t, db.QueryRow(t.Context(), "SELECT toString(value) FROM system.settings WHERE name = ?", name).Scan(&value))
	return value
}

// dbtValues asks with the client of the dbt that is installed, under the settings that it would be given.
func dbtValues(t *testing.T, addr string, users map[string]*DB) (seen map[string]string) {
	t.Helper()
	type user struct {
		Name     string            `json:"name"`
		Setting  string            `json:"setting"`
		Settings map[string]string `json:"settings"`
	}
	var all []user
	for setting, db := range users {
		u := user{db.config.User, setting, map[string]string{}}
		for _, s := range db.Settings() {
			u.Settings[s.Name] = s.Value
		}
		all = append(all, u)
	}
	asked, err := json.Marshal(all)
	must(t, err)
	tools, err := embedded.FindTools(os.Getenv("DOORSTROOM_LIBCHDB"), os.Getenv("DOORSTROOM_DBT"))
	must(t, err)
	cmd := exec.CommandContext(t.Context(), filepath.Join(filepath.Dir(tools.DBT), "python"), filepath.Join("testdata", "dbt_settings.py"), addr)
	var errOut bytes.Buffer
	cmd.Stdin, cmd.Stderr = bytes.NewReader(asked), &errOut
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("dbt's client: %v\n%s", err, errOut.String())
	}
	must(t, json.Unmarshal(out, &seen))
	return seen
}
