package warehouse

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/ClickHouse/ch-go"
	"github.com/ClickHouse/ch-go/proto"

	"doorstroom/deploy/testservers/clickhousetest"
)

// TestEveryConnectionHasOurSettings connects as a user whose profile has another value of everything that is ours, changes what
// is nobody's, and has a memory limit of its own.
func TestEveryConnectionHasOurSettings(t *testing.T) {
	profile := map[string]string{"max_memory_usage": "123456789", "optimize_move_to_prewhere": "0"}
	for _, s := range OurSettings() {
		profile[s.Name] = clickhousetest.Harm(s.Name, s.Value)
		if profile[s.Name] == s.Value {
			t.Errorf("the test has no other value of %s", s.Name)
		}
	}
	server := clickhousetest.Start(t, clickhousetest.User{Name: "hostile", Password: "x", Profile: profile})
	db := open(t, Config{Addr: server.NativeAddr(), User: "hostile", Password: "x"})
	want := map[string]string{"max_memory_usage": "123456789", "optimize_move_to_prewhere": "1"}
	for _, s := range OurSettings() {
		want[s.Name] = s.Value
	}
	const query = "SELECT name, toString(value) FROM system.settings WHERE alias_for = ''"
	pooled := map[string]string{}
	rows, err := db.Query(t.Context(), query)
	must(t, err)
	for rows.Next() {
		var name, value string
		must(t, rows.Scan(&name, &value))
		pooled[name] = value
	}
	must(t, rows.Err())
	for setting, value := range want {
		inBulk := bulkValue(t, db, setting)
		if pooled[setting] != value || inBulk != value {
			t.Errorf("%s is %q in the pool and %q in bulk, want %q", setting, pooled[setting], inBulk, value)
		}
	}
}

// bulkValue is what a connection for bulk rows has.
func bulkValue(t *testing.T, db *DB, name string) string {
	t.Helper()
	bulk, err := db.Bulk(t.Context())
	must(t, err)
	defer bulk.Close()
	var value proto.ColStr
	must(t, bulk.Do(t.Context(), ch.Query{Body: "SELECT toString(value) AS value FROM system.settings WHERE name = '" + name + "'", Result: proto.Results{{Name: "value", Data: &value}}}))
	if value.Rows() != 1 {
		t.Fatalf("%d settings %s", value.Rows(), name)
	}
	return value.Row(0)
}

// TestProfilesThatForbidAreRefused gives users profiles that keep us from a setting in each way that ClickHouse has.
func TestProfilesThatForbidAreRefused(t *testing.T) {
	with := func(name, constraint string) map[string]string { return map[string]string{name: constraint} }
	users := []clickhousetest.User{
		{Name: "const", Profile: with("max_rows_to_group_by", "10"), Constraints: with("max_rows_to_group_by", "<readonly/>")},
		{Name: "maximum", Profile: with("max_result_rows", "10"), Constraints: with("max_result_rows", "<min>1</min><max>10</max>")},
		{Name: "disallowed", Profile: with("join_use_nulls", "1"), Constraints: with("join_use_nulls", "<disallowed>0</disallowed>")},
		{Name: "nobodys", Profile: with("optimize_move_to_prewhere", "0"), Constraints: with("optimize_move_to_prewhere", "<const/>")},
		{Name: "reader", Profile: with("readonly", "1")},
		{Name: "index", Profile: with("force_data_skipping_indices", "nothing")},
		{Name: "two", Profile: map[string]string{"limit": "1", "final": "1"}, Constraints: map[string]string{"limit": "<const/>", "final": "<const/>"}},
		{Name: "harmless", Profile: map[string]string{"limit": "0", "readonly": "2"}, Constraints: with("limit", "<const/>")},
	}
	says := map[string][]string{
		"const": {"max_rows_to_group_by = '0'"}, "maximum": {"max_result_rows = '0'"}, "disallowed": {"join_use_nulls = '0'"},
		"nobodys": {"optimize_move_to_prewhere = '1'"}, "reader": {"readonly = 1", "readonly = 0"}, "two": {"limit = '0', final = '0'"},
		"index": {"force_data_skipping_indices"}, "harmless": nil,
	}
	for i := range users {
		users[i].Password = "x"
	}
	server := clickhousetest.Start(t, users...)
	for _, u := range users {
		db, err := Open(t.Context(), Config{Addr: server.NativeAddr(), User: u.Name, Password: u.Password})
		if says[u.Name] == nil {
			must(t, err)
			must(t, db.Close())
			continue
		}
		if !errors.Is(err, ErrProfile) {
			t.Errorf("user %s: %v", u.Name, err)
			continue
		}
		for _, text := range append(says[u.Name], u.Name, server.NativeAddr()) {
			if !strings.Contains(err.Error(), text) {
				t.Errorf("user %s is not told %q: %v", u.Name, text, err)
			}
		}
	}
}

// TestProfilesThatLeaveDBTNoAnswer are those that hinder the first questions of dbt's client, which go without settings.
func TestProfilesThatLeaveDBTNoAnswer(t *testing.T) {
	server := clickhousetest.Start(t,
		clickhousetest.User{Name: "hindered", Password: "x", Profile: map[string]string{"use_query_cache": "1", "max_result_rows": "10", "join_use_nulls": "1", "offset": "1", "extremes": "1"}},
		clickhousetest.User{Name: "cut", Password: "x", Profile: map[string]string{"max_result_rows": "10", "result_overflow_mode": "break"}})
	must(t, open(t, Config{Addr: server.NativeAddr(), User: "cut", Password: "x"}).CheckForDBT(t.Context()))
	err := open(t, Config{Addr: server.NativeAddr(), User: "hindered", Password: "x"}).CheckForDBT(t.Context())
	if !errors.Is(err, ErrProfile) || !strings.Contains(err.Error(), "take offset, max_result_rows, extremes, use_query_cache out") {
		t.Errorf("it is %v", err)
	}
}

// TestEverySettingHasOnePlace looks for settings that are listed twice, and for those that the server does not know.
func TestEverySettingHasOnePlace(t *testing.T) {
	server := clickhousetest.Start(t)
	seen := map[string]bool{}
	var known []string
	must(t, server.Admin.QueryRow(t.Context(), "SELECT groupArray(name) FROM system.settings WHERE alias_for = '' AND NOT is_obsolete").Scan(&known))
	for _, s := range OurSettings() {
		if seen[s.Name] {
			t.Errorf("%s is listed twice", s.Name)
		}
		if leftToTheServer.MatchString(s.Name) || never[s.Name] || rights[s.Name] {
			t.Errorf("%s is ours and somebody else's", s.Name)
		}
		if !slices.Contains(known, s.Name) {
			t.Errorf("the server knows no setting %s", s.Name)
		}
		seen[s.Name] = true
	}
}
