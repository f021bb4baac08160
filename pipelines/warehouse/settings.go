package warehouse

import "strings"

// Setting is one of ClickHouse's settings and the value that the program works with.
type Setting struct{ Name, Value string }

// settingGroup are settings that belong together, one "name value" a line, and why they are not left to a user's profile.
type settingGroup struct{ why, settings string }

// settingGroups are the settings that can change a result, cut it short, or refuse what the program asks. Their values
// are those that its statements are written and tested for, mostly ClickHouse's own defaults. Every connection carries
// them; a statement that needs another value says so itself.
var settingGroups = []settingGroup{limitSettings, nullSettings, nameSettings, joinSettings, valueSettings, insertSettings,
	readSettings, distributedSettings, formatSettings}

var limitSettings = settingGroup{"a limit that ends a query early gives part of a result, and with the wrong overflow mode without an error", `
limit 0
offset 0
additional_result_filter
additional_table_filters {}
max_result_rows 0
max_result_bytes 0
result_overflow_mode throw
max_rows_to_read 0
max_bytes_to_read 0
read_overflow_mode throw
max_rows_to_read_leaf 0
max_bytes_to_read_leaf 0
read_overflow_mode_leaf throw
max_rows_to_group_by 0
group_by_overflow_mode throw
max_rows_to_sort 0
max_bytes_to_sort 0
sort_overflow_mode throw
max_rows_in_distinct 0
max_bytes_in_distinct 0
distinct_overflow_mode throw
max_rows_in_join 0
max_bytes_in_join 0
join_overflow_mode throw
max_rows_in_set 0
max_bytes_in_set 0
set_overflow_mode throw
max_rows_to_transfer 0
max_bytes_to_transfer 0
transfer_overflow_mode throw
max_execution_time 0
timeout_overflow_mode throw
max_execution_time_leaf 0
timeout_overflow_mode_leaf throw
max_estimated_execution_time 0
min_execution_speed 0
min_execution_speed_bytes 0
max_columns_to_read 0
max_partitions_to_read -1
max_temporary_columns 0
max_temporary_non_const_columns 0
max_network_bytes 0
max_query_size 262144
max_parser_depth 1000
max_parser_backtracks 1000000
max_ast_depth 1000
max_ast_elements 50000
max_expanded_ast_elements 500000
max_subquery_depth 100
partial_result_on_first_cancel 0
force_index_by_date 0
force_primary_key 0
force_optimize_projection 0
discard_query_data 0
`}

var nullSettings = settingGroup{"what is put where there is no value: a default, NULL, or no row", `
join_use_nulls 0
group_by_use_nulls 0
aggregate_functions_null_for_empty 0
transform_null_in 0
cast_keep_nullable 0
data_type_default_nullable 0
insert_null_as_default 1
input_format_null_as_default 1
input_format_defaults_for_omitted_fields 1
input_format_force_null_for_omitted_fields 0
empty_result_for_aggregation_by_empty_set 0
empty_result_for_aggregation_by_constant_keys_on_empty_set 1
least_greatest_legacy_null_behavior 0
`}

var nameSettings = settingGroup{"what a statement means: which analyzer reads it, and which column a name stands for", `
compatibility
dialect clickhouse
implicit_select 0
allow_experimental_analyzer 1
prefer_column_name_to_alias 0
analyzer_compatibility_allow_non_aggregate_in_having 0
analyzer_compatibility_apply_final_to_all_joined_tables 0
analyzer_compatibility_join_using_top_level_identifier 0
analyzer_compatibility_prefer_alias_over_subcolumn 0
asterisk_include_alias_columns 0
asterisk_include_materialized_columns 0
asterisk_include_virtual_columns 0
enable_global_with_statement 1
enable_order_by_all 1
enable_positional_arguments 1
enable_scopes_for_with_statement 1
enable_unaligned_array_join 0
enforce_strict_identifier_format 0
joined_subquery_requires_alias 1
single_join_prefer_left_table 1
flatten_nested 1
default_table_engine MergeTree
create_if_not_exists 0
ignore_drop_queries_probability 0
implicit_transaction 0
`}

var joinSettings = settingGroup{"which rows joins, unions and counts of distinct values give", `
join_algorithm direct,parallel_hash,hash
join_default_strictness ALL
join_any_take_last_row 0
any_join_distinct_right_table_keys 0
union_default_mode
intersect_default_mode ALL
except_default_mode ALL
count_distinct_implementation uniqExact
rewrite_count_distinct_if_with_count_distinct_implementation 0
totals_mode after_having_exclusive
extremes 0
convert_query_to_cnf 0
optimize_append_index 0
optimize_substitute_columns 0
optimize_using_constraints 0
optimize_if_transform_strings_to_enum 0
optimize_trivial_approximate_count_query 0
`}

var valueSettings = settingGroup{"how values are computed, and in which time zone: the program's days are those of UTC", `
session_timezone UTC
use_client_time_zone 0
decimal_check_overflow 1
check_conversion_from_numbers_to_enum 1
date_time_overflow_behavior ignore
date_time_input_format best_effort
enable_extended_results_for_datetime_functions 0
function_date_trunc_return_type_behavior 0
short_circuit_function_evaluation enable
splitby_max_substrings_includes_remaining_string 0
formatdatetime_format_without_leading_zeros 0
formatdatetime_parsedatetime_m_is_month_name 1
precise_float_parsing 1
`}

var insertSettings = settingGroup{"an answered insert or change is one that is there, whole, and only once when it is sent twice", `
async_insert 0
wait_for_async_insert 1
insert_deduplicate 1
insert_deduplication_token
deduplicate_insert enable
deduplicate_insert_select enable_when_possible
deduplicate_blocks_in_dependent_materialized_views 1
insert_allow_materialized_columns 0
insert_shard_id 0
max_partitions_per_insert_block 100
throw_on_max_partitions_per_insert_block 1
materialized_views_ignore_errors 0
optimize_on_insert 1
input_format_allow_errors_num 0
input_format_allow_errors_ratio 0
mutations_sync 2
lightweight_deletes_sync 2
alter_sync 1
`}

var readSettings = settingGroup{"which rows of a table are seen: merged or not, deleted or not, of now or of an earlier answer", `
final 0
do_not_merge_across_partitions_select_final 0
apply_deleted_mask 1
apply_mutations_on_fly 0
apply_patch_parts 1
apply_row_policy_after_final 1
apply_prewhere_after_final 0
optimize_move_to_prewhere_if_final 0
use_skip_indexes_if_final_exact_mode 1
ignore_cold_parts_seconds 0
use_query_cache 0
inject_random_order_for_select_without_order_by 0
`}

var distributedSettings = settingGroup{"whether all servers of a cluster take part, each once", `
distributed_product_mode deny
distributed_group_by_no_merge 0
distributed_foreground_insert 1
skip_unavailable_shards 0
fallback_to_stale_replicas_for_distributed_queries 0
optimize_skip_unused_shards 0
prefer_localhost_replica 1
allow_experimental_parallel_reading_from_replicas 0
parallel_replicas_count 0
parallel_replica_offset 0
parallel_replicas_custom_key
`}

var formatSettings = settingGroup{"how rows are written and sent: lists are read by scripts, and mean the same on every server", `
bool_true_representation true
bool_false_representation false
date_time_output_format simple
interval_output_format numeric
format_csv_delimiter ,
format_csv_null_representation \N
output_format_csv_crlf_end_of_line 0
output_format_csv_serialize_tuple_into_separate_columns 1
output_format_decimal_trailing_zeros 0
output_format_float_precision 0
output_format_trim_fixed_string 0
output_format_json_array_of_rows 0
output_format_json_escape_forward_slashes 1
output_format_json_named_tuples_as_objects 1
output_format_json_quote_64bit_floats 0
output_format_json_quote_64bit_integers 0
output_format_json_quote_decimals 0
output_format_json_quote_denormals 0
output_format_json_skip_null_value_in_named_tuples 0
output_format_json_validate_utf8 0
output_format_native_encode_types_in_binary_format 0
output_format_native_write_json_as_string 0
output_format_parquet_compression_method zstd
output_format_parquet_date_as_uint16 0
output_format_parquet_datetime_as_uint32 0
output_format_parquet_string_as_string 1
low_cardinality_allow_in_native_format 1
`}

// OurSettings are all of them.
func OurSettings() (list []Setting) {
	for _, group := range settingGroups {
		for line := range strings.Lines(strings.TrimSpace(group.settings)) {
			name, value, _ := strings.Cut(strings.TrimSpace(line), " ")
			list = append(list, Setting{name, value})
		}
	}
	return list
}
