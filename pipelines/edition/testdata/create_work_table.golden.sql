CREATE TABLE work.b7_uwv_employment (person UInt32, `start` Int32, `wage_sv` Int64)
ENGINE = MergeTree ORDER BY person SETTINGS index_granularity = 2048, max_bytes_to_merge_at_max_space_in_pool = 1
