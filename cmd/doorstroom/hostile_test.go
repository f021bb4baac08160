package main

import (
	"fmt"
	"strings"
	"testing"

	"doorstroom/deploy/testservers/clickhousetest"
	"doorstroom/pipelines/warehouse"
)

// saidByStatements are settings of ours that some statements need otherwise, and say so.
const saidByStatements = "'join_use_nulls', 'optimize_on_insert', 'join_algorithm', 'mutations_sync', 'insert_deduplication_token', 'max_execution_time'"

// TestNoProfileChangesAByte makes an edition and its marts as a user whose profile has the worst value of every setting
// that is ours at once, and holds every row, and what the lists print, against those of a server without a profile. The
// server's log of queries shows that none was sent without them, whichever client sent it; but for the first questions of
// dbt's client, which read no data.
func TestNoProfileChangesAByte(t *testing.T) {
	t.Parallel()
	landing := smallLanding(t)
	calm := newUser(t)
	want := calm.everythingOf(landing)

	profile := map[string]string{"log_queries": "1", "log_query_settings": "1"}
	for _, s := range warehouse.OurSettings() {
		profile[s.Name] = clickhousetest.Harm(s.Name, s.Value)
	}
	for _, name := range []string{"use_query_cache", "implicit_transaction", "inject_random_order_for_select_without_order_by",
		"max_temporary_columns", "max_temporary_non_const_columns", "offset", "additional_result_filter", "discard_query_data",
		"extremes", "output_format_native_encode_types_in_binary_format"} {
		delete(profile, name) // with these dbt's client gets no first answer, and the start refuses them
	}
	server := clickhousetest.Start(t, clickhousetest.User{Name: "hostile", Password: "x", Profile: profile})
	got := newUser(t).as(server, "hostile").everythingOf(landing)
	for name, content := range want {
		if got[name] != content {
			t.Errorf("%s is\n%s\nwant\n%s", name, got[name], content)
		}
	}
	for _, s := range warehouse.OurSettings() {
		var without []string
		query := fmt.Sprintf(`SELECT groupUniqArray(5)(concat(interface, ' ', client_name, http_user_agent, ': ', substring(query, 1, 60))) FROM system.query_log
			WHERE user = 'hostile' AND is_initial_query AND NOT match(query, '^SELECT (version\\(\\), timezone|name, value, readonly FROM system.settings|1 AS check)|^EXPLAIN AST|^INSERT INTO facts_store.[a-z_]+_next ') AND Settings['%[1]s'] != '%[2]s' AND '%[1]s' NOT IN (%[3]s)`, s.Name, strings.ReplaceAll(s.Value, `\`, `\\`), saidByStatements)
		if err := server.Admin.QueryRow(t.Context(), strings.Replace(query, "interface", "toString(interface)", 1)).Scan(&without); err != nil {
			t.Fatal(err)
		}
		if len(without) > 0 {
			t.Errorf("%s is another in %q", s.Name, without)
		}
	}
}

// as is the same user with a server as their ClickHouse.
func (u *user) as(server *clickhousetest.Server, name string) *user {
	return u.with("DOORSTROOM_CLICKHOUSE_ADDR="+server.NativeAddr(), "DOORSTROOM_CLICKHOUSE_HTTP="+server.HTTPAddr(),
		"DOORSTROOM_CLICKHOUSE_USER="+name, "DOORSTROOM_CLICKHOUSE_PASSWORD=x")
}

// everythingOf loads a landing folder, makes an edition and its marts, and gives all that can be seen of them.
func (u *user) everythingOf(landing string) map[string]string {
	u.t.Helper()
	all := map[string]string{"the run": u.run("run", "--landing", landing, "--as-of", "2026-06-30").exits(0).out}
	for _, list := range []string{"editions", "quarantine"} {
		all[list] = u.run(list).exits(0).out
	}
	all["deliveries"] = u.run("sql", "SELECT * EXCEPT decided_at FROM ops.delivery FINAL ORDER BY ALL").exits(0).out
	var marts []string
	for _, row := range u.run("sql", "SELECT name FROM system.tables WHERE database = 'marts' AND engine LIKE '%MergeTree' ORDER BY name").exits(0).rows() {
		marts = append(marts, fmt.Sprintf("SELECT '%[1]s' AS mart, toString(groupArray(tuple(*))) AS rows FROM (SELECT * FROM marts.%[1]s ORDER BY ALL)", row[0]))
	}
	for _, row := range u.run("sql", "SELECT * FROM ("+strings.Join(marts, " UNION ALL ")+") ORDER BY mart").exits(0).rows() {
		all["marts."+row[0]] = row[1]
	}
	return all
}
