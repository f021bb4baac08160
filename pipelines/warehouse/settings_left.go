package warehouse

import "regexp"

// leftToTheServer matches the settings that a profile may have as its owner likes: they decide about the means, which are
// theirs to give - memory, threads, disks, time on the network, caches of files, logs, keepers and stores - and a query
// that lacks them fails. Whatever is neither ours nor among these, a newer server's settings too, is set back to the
// server's default when a profile changes it.
var leftToTheServer = regexp.MustCompile(`^(` +
	`(max_|min_)?memory_.*|max_memory_.*|max_untracked_memory|reserve_memory|` +
	`max_(final_|insert_|parsing_|download_)?threads.*|max_streams_.*|use_concurrency_control|workload|priority|os_threads?_.*|` +
	`max_bytes_(ratio_)?before_.*|max_temporary_data_on_disk_.*|temporary_.*|min_free_disk_.*|max_(table|partition)_size_to_drop|` +
	`max_concurrent_queries_.*|max_sessions_for_user|queue_max_wait_ms|max_.*bandwidth.*|max_execution_speed.*|` +
	`.*_timeout|.*_timeout_(ms|sec)|connect_timeout_.*|connections_.*|connection_pool_.*|max_distributed_connections|distributed_connections_pool_size|hedged_.*|use_hedged_requests|` +
	`load_balancing.*|network_.*|tcp_.*|http_(max|retry|zlib|headers)_.*|enable_http_compression|send_progress_in_http_headers|(min|max)_compress_block_size|` +
	`log_.*|send_logs_.*|send_profile_events|.*_profiler.*|trace_profile_.*|opentelemetry_.*|metrics_perf_.*|query_metric_log_interval|calculate_text_stack_trace|jemalloc_.*|` +
	`enable_.*_log|enable_.*_logging|` +
	`s3.*|azure_.*|hdfs_.*|(enable_|use_|skip_)?filesystem_.*|enable_filesystem_.*|(remote|local)_filesystem_.*|remote_fs_.*|distributed_cache_.*|.*page_cache.*|cache_warmer_.*|` +
	`storage_file_read_method|read_(backoff|priority).*|min_bytes_to_use_.*|merge_tree_(min|max)_.*|use_uncompressed_cache|load_marks_asynchronously|enable_producing_buckets_.*|ignore_data_skipping_indices|(allow_)?prefetch.*|` +
	`compile_.*|min_count_to_compile_.*|(insert_)?keeper_.*|insert_quorum.*|select_sequential_consistency|shared_merge_tree_.*|backup_.*|cloud_mode.*|fsync_metadata|chdb_client_name` +
	`)$`)

// rights are settings that say what a user may do at all: they are not ours to set.
var rights = map[string]bool{"readonly": true, "allow_ddl": true}

// never are settings that a profile may not have at all: once one is set, no value of it is as if it were not.
var never = map[string]bool{"force_data_skipping_indices": true}
