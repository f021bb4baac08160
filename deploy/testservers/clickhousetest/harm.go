package clickhousetest

// hostileValues are values that would do harm, of settings whose ours is not a number.
var hostileValues = map[string]string{
	"additional_result_filter": "0", "additional_table_filters": "{'raw.coa_stay':'0'}",
	"compatibility": "21.1", "dialect": "kusto", "max_parser_depth": "5", "max_parser_backtracks": "1", "join_algorithm": "partial_merge", "join_default_strictness": "ANY",
	"union_default_mode": "DISTINCT", "intersect_default_mode": "DISTINCT", "except_default_mode": "DISTINCT",
	"count_distinct_implementation": "uniqHLL12", "totals_mode": "before_having", "date_time_overflow_behavior": "saturate",
	"date_time_input_format": "basic", "short_circuit_function_evaluation": "disable", "session_timezone": "America/New_York",
	"deduplicate_insert": "disable", "deduplicate_insert_select": "disable", "default_table_engine": "Log", "distributed_product_mode": "local",
	"date_time_output_format": "unix_timestamp", "interval_output_format": "kusto", "format_csv_delimiter": ";", "output_format_parquet_compression_method": "gzip",
	"max_result_rows": "5000", "max_result_bytes": "300000",
	"max_query_size": "1000", "max_ast_depth": "20", "max_ast_elements": "50", "max_expanded_ast_elements": "50", "max_subquery_depth": "3",
	"max_columns_to_read":             "5",
	"max_partitions_per_insert_block": "1", "max_partitions_to_read": "1",
}

// Harm gives another value of a setting than the program's, which would change or end what it does.
func Harm(name, ours string) string {
	if v, ok := hostileValues[name]; ok {
		return v
	}
	switch ours {
	case "0":
		return "1"
	case "throw":
		return "break"
	}
	return "0"
}
