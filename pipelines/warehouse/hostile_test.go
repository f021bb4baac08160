package warehouse

import (
	"fmt"
	"testing"

	"doorstroom/deploy/clickhousetest"
)

// TestEverySettingIsOurs connects as a user whose profile has another value of every setting that is ours, and asks each kind of
// connection what it has.
func TestEverySettingIsOurs(t *testing.T) {
	profile := map[string]string{}
	for _, s := range ourSettings() {
		profile[s.Name] = Harm(s)
	}
	server := clickhousetest.Start(t, clickhousetest.User{Name: "hostile", Password: "x", Profile: profile})
	plain, err := Open(t.Context(), Config{Addr: server.NativeAddr(), User: server.User(), Password: server.Password()})
	must(t, err)
	fmt.Println(len(plain.Settings()), len(ourSettings()), plain.Settings()[185:])
	db, err := Open(t.Context(), Config{Addr: server.NativeAddr(), User: "hostile", Password: "x"})
	must(t, err)
	for _, s := range db.Settings() {
		var v string
		must(t, db.QueryRow(t.Context(), "SELECT value FROM system.settings WHERE name = ?", s.Name).Scan(&v))
		if v != s.Value {
			t.Errorf("%s %q want %q", s.Name, v, s.Value)
		}
	}
}

// hostileValues are values that would do harm, of settings whose ours is no number.
var hostileValues = map[string]string{
	"additional_result_filter": "0", "additional_table_filters": "{'system.one':'0'}",
	"compatibility": "21.1", "dialect": "prql", "join_algorithm": "partial_merge", "join_default_strictness": "ANY",
	"union_default_mode": "DISTINCT", "intersect_default_mode": "DISTINCT", "except_default_mode": "DISTINCT",
	"count_distinct_implementation": "uniqHLL12", "totals_mode": "before_having", "date_time_overflow_behavior": "saturate",
	"date_time_input_format": "basic", "short_circuit_function_evaluation": "disable", "session_timezone": "America/New_York",
	"deduplicate_insert": "disable", "deduplicate_insert_select": "disable", "default_table_engine": "Log", "distributed_product_mode": "local",
	"date_time_output_format": "unix_timestamp", "interval_output_format": "kusto", "format_csv_delimiter": ";", "output_format_parquet_compression_method": "gzip",
	"max_query_size": "100", "max_ast_depth": "1", "max_ast_elements": "1", "max_expanded_ast_elements": "1", "max_subquery_depth": "1",
	"max_partitions_per_insert_block": "1", "max_partitions_to_read": "1",
}

// Harm gives a value that is not ours.
func Harm(s Setting) string {
	if v, ok := hostileValues[s.Name]; ok {
		return v
	}
	switch s.Value {
	case "0":
		return "1"
	case "throw":
		return "break"
	}
	return "0"
}
