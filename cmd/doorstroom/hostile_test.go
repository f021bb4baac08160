package main

import (
	"fmt"
	"strings"
	"testing"

	"doorstroom/deploy/testservers/clickhousetest"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// saidByStatements are settings of ours that some statements need otherwise, and say so.
const saidByStatements = "'join_use_nulls', 'optimize_on_insert', 'join_algorithm', 'mutations_sync', 'insert_deduplication_token', 'max_execution_time'"

// TestNoProfileChangesAByte makes an edition and its marts as a user whose profile has the worst value of every setting
// that is ours at once, and holds every row, and what the lists print, against those of a server without a profile. The
// server's log of queries shows that none was sent without them, whichever client sent it; but for the first questions of
// dbt's client, which read no data.
func TestNoProfileChangesAByte(t *testing.T) {
	t.Parallel()
	calm, landing, made := finishedWarehouse(t)
	want := calm.everything(made)

	profile := hostile(warehouse.OurSettings())
	profile["log_queries"], profile["log_query_settings"] = "1", "1"
	server := clickhousetest.Start(t, clickhousetest.User{Name: "hostile", Password: "x", Profile: profile})
	newUser(t).as(server, "hostile").sees(want, landing)
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

// leaveDBTNoAnswer are settings with which dbt's client gets no first answer: the start refuses them by name, as
// TestEachSettingArrives of the warehouse shows.
var leaveDBTNoAnswer = map[string]bool{"use_query_cache": true, "implicit_transaction": true, "inject_random_order_for_select_without_order_by": true,
	"max_temporary_columns": true, "max_temporary_non_const_columns": true, "offset": true, "additional_result_filter": true, "discard_query_data": true,
	"extremes": true, "output_format_native_encode_types_in_binary_format": true, "dialect": true, "max_parser_depth": true, "max_parser_backtracks": true}

// hostile is a profile with the worst value of each setting.
func hostile(settings []warehouse.Setting) map[string]string {
	profile := map[string]string{}
	for _, s := range settings {
		if !leaveDBTNoAnswer[s.Name] {
			profile[s.Name] = clickhousetest.Harm(s.Name, s.Value)
		}
	}
	return profile
}

// sees makes an edition of a landing folder, and wants all that can be seen of it to be this.
func (u *user) sees(want map[string]string, landing string) {
	u.t.Helper()
	got := u.everything(u.run("run", "--landing", landing, "--as-of", laterDay).exits(0))
	for name, content := range want {
		if got[name] != content {
			u.t.Errorf("%s is\n%s\nwant\n%s", name, got[name], content)
		}
	}
}

// as is the same user with a server as their ClickHouse.
func (u *user) as(server *clickhousetest.Server, name string) *user {
	return u.with("DOORSTROOM_CLICKHOUSE_ADDR="+server.NativeAddr(), "DOORSTROOM_CLICKHOUSE_HTTP="+server.HTTPAddr(),
		"DOORSTROOM_CLICKHOUSE_USER="+name, "DOORSTROOM_CLICKHOUSE_PASSWORD=x")
}

// everything is all that can be seen of an edition and its marts, and what the run said that made them.
func (u *user) everything(made ended) map[string]string {
	u.t.Helper()
	all := map[string]string{"the run": made.out}
	for _, list := range []string{"editions", "quarantine"} {
		all[list] = u.run(list).exits(0).out
	}
	all["deliveries"] = u.run("sql", "SELECT * EXCEPT decided_at FROM ops.delivery FINAL ORDER BY ALL").exits(0).out
	var facts []string
	for _, table := range schemas.FactTables {
		facts = append(facts, fmt.Sprintf("SELECT '%[1]s' AS name, toString(groupArray(tuple(*))) AS rows FROM (SELECT * FROM facts.%[1]s ORDER BY ALL)", table.Name))
	}
	for _, row := range u.run("sql", "SELECT * FROM ("+strings.Join(facts, " UNION ALL ")+") ORDER BY name").exits(0).rows() {
		all["facts."+row[0]] = row[1]
	}
	var marts []string
	for _, row := range u.run("sql", "SELECT name FROM system.tables WHERE database = 'marts' AND engine LIKE '%MergeTree' ORDER BY name").exits(0).rows() {
		marts = append(marts, fmt.Sprintf("SELECT '%[1]s' AS mart, toString(groupArray(tuple(*))) AS rows FROM (SELECT * FROM marts.%[1]s ORDER BY ALL)", row[0]))
	}
	for _, row := range u.run("sql", "SELECT * FROM ("+strings.Join(marts, " UNION ALL ")+") ORDER BY mart").exits(0).rows() {
		all["marts."+row[0]] = row[1]
	}
	return all
}
