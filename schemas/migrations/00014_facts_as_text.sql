-- +goose Up
-- The texts that name a person, an employer or a set are String, as the contract has them. They are part of the key of every
-- table, which cannot be altered, so each table is copied into one with the new types and they change places in one step: a
-- migration that was broken off begins anew and finds either the old rows or the new ones, whole.

ALTER TABLE ops.edition ADD COLUMN IF NOT EXISTS synthetic Bool COMMENT 'Made-up persons count in it.';

DROP TABLE IF EXISTS facts_store.person_next;

CREATE TABLE facts_store.person_next
(
    build UInt64 COMMENT 'Build that made the row.',
    `edition` Date,
    `person_id` String,
    `linkage` LowCardinality(String),
    `population` LowCardinality(String),
    `cohort` Nullable(UInt16),
    `permit_start` Nullable(Date),
    `protection_start` Nullable(Date),
    `applied_on` Nullable(Date),
    `arrived_on` Nullable(Date),
    `route` LowCardinality(String),
    `sex` LowCardinality(String),
    `birth_year` Nullable(UInt16),
    `nationality_code` LowCardinality(String),
    `nationality_group` LowCardinality(String),
    `good_prospects` Bool,
    `law` LowCardinality(String),
    `target_group` LowCardinality(String),
    `coupled_municipality` LowCardinality(String),
    `first_municipality` LowCardinality(String),
    `current_municipality` LowCardinality(String),
    `region` LowCardinality(String),
    `valued_kind` LowCardinality(String),
    `valued_nlqf` Nullable(UInt8),
    `exit_on` Nullable(Date),
    `exit_reason` LowCardinality(String)
)
ENGINE = MergeTree
PARTITION BY (edition, build)
ORDER BY (person_id)
SETTINGS non_replicated_deduplication_window = 100000, max_bytes_to_merge_at_max_space_in_pool = 1
COMMENT 'Rows of all builds; read facts.person instead.';

INSERT INTO facts_store.person_next SELECT * FROM facts_store.person SETTINGS max_partitions_per_insert_block = 0;

EXCHANGE TABLES facts_store.person_next AND facts_store.person;

DROP TABLE facts_store.person_next;

CREATE OR REPLACE VIEW facts.person
(
    `edition` Date COMMENT 'cut-off day of the edition',
    `person_id` String COMMENT '''v'' + smallest V pseudonym of the person, or ''b'' + smallest B pseudonym when there is none',
    `linkage` LowCardinality(String) COMMENT 'linked (V and B), v_only, b_only, conflict (its pseudonym is in a conflicting set)',
    `population` LowCardinality(String) COMMENT 'asylum: ever title 26 or 27; displaced: ever TB; in_procedure: ever 32; other: no such coa_permit record. First that fits',
    `cohort` Nullable(UInt16) COMMENT 'year of permit_start',
    `permit_start` Nullable(Date) COMMENT 'earliest start with title 26 or 27',
    `protection_start` Nullable(Date) COMMENT 'earliest start with title TB',
    `applied_on` Nullable(Date) COMMENT 'earliest applied_on',
    `arrived_on` Nullable(Date) COMMENT 'earliest coa_stay.start',
    `route` LowCardinality(String) COMMENT 'of the reference permit record: the coa_permit record with title 26/27 and the earliest start (ties: smallest record_id); without one, with TB; without one, the coa_permit record with the earliest start. Empty when there is none',
    `sex` LowCardinality(String) COMMENT 'of the reference permit record; empty',
    `birth_year` Nullable(UInt16) COMMENT 'of the reference permit record',
    `nationality_code` LowCardinality(String) COMMENT 'of the reference permit record; empty',
    `nationality_group` LowCardinality(String) COMMENT 'syrie 0336, eritrea 0084, afghanistan 0300, irak 0314, iran 0315, turkije 0339, somalie 0149, jemen 0058, oekraine 0034, overig; empty when there is no code',
    `good_prospects` Bool COMMENT 'a coa_permit record with title 32 has J',
    `law` LowCardinality(String) COMMENT 'of the duo_obligation with the latest start (ties: greatest record_id); empty',
    `target_group` LowCardinality(String) COMMENT 'of the same record',
    `coupled_municipality` LowCardinality(String) COMMENT 'of the coa_placement with the latest coupled_on (ties: greatest record_id); 4 digits as delivered; empty',
    `first_municipality` LowCardinality(String) COMMENT 'of the residence with the earliest settled_on (ties: smallest record_id); empty',
    `current_municipality` LowCardinality(String) COMMENT 'of the residence that covers the cut-off (several: latest settled_on, ties greatest record_id); empty, also when exit_on is before the cut-off',
    `region` LowCardinality(String) COMMENT 'labour-market region AMnn of current_municipality, else of the residence with the latest settled_on (ties: greatest record_id), else of coupled_municipality; geography of the edition; empty',
    `valued_kind` LowCardinality(String) COMMENT 'of the idw_valuation with the highest nlqf_level among those decided (ties: earliest decided_on, then smallest record_id); empty',
    `valued_nlqf` Nullable(UInt8) COMMENT 'of the same record',
    `exit_on` Nullable(Date) COMMENT 'left_on of the residence with the latest settled_on (ties: greatest record_id) if its left_reason is geemigreerd or overleden',
    `exit_reason` LowCardinality(String) COMMENT 'emigrated, died, or empty'
)
AS SELECT `edition`, `person_id`, `linkage`, `population`, `cohort`, `permit_start`, `protection_start`, `applied_on`, `arrived_on`, `route`, `sex`, `birth_year`, `nationality_code`, `nationality_group`, `good_prospects`, `law`, `target_group`, `coupled_municipality`, `first_municipality`, `current_municipality`, `region`, `valued_kind`, `valued_nlqf`, `exit_on`, `exit_reason`
FROM facts_store.person
WHERE (edition, build) IN (SELECT edition, build FROM ops.standing_build)
COMMENT 'A human being, known through pseudonyms. One row per edition and person.';

DROP TABLE IF EXISTS facts_store.milestone_next;

CREATE TABLE facts_store.milestone_next
(
    build UInt64 COMMENT 'Build that made the row.',
    `edition` Date,
    `person_id` String,
    `kind` LowCardinality(String),
    `date` Date,
    `record` LowCardinality(String),
    `record_id` String
)
ENGINE = MergeTree
PARTITION BY (edition, build)
ORDER BY (person_id, kind)
SETTINGS non_replicated_deduplication_window = 100000, max_bytes_to_merge_at_max_space_in_pool = 1
COMMENT 'Rows of all builds; read facts.milestone instead.';

INSERT INTO facts_store.milestone_next SELECT * FROM facts_store.milestone SETTINGS max_partitions_per_insert_block = 0;

EXCHANGE TABLES facts_store.milestone_next AND facts_store.milestone;

DROP TABLE facts_store.milestone_next;

CREATE OR REPLACE VIEW facts.milestone
(
    `edition` Date COMMENT 'cut-off day of the edition',
    `person_id` String COMMENT '''v'' + smallest V pseudonym of the person, or ''b'' + smallest B pseudonym when there is none',
    `kind` LowCardinality(String) COMMENT 'Kind of milestone; the rules are in docs/how_we_count.md.',
    `date` Date,
    `record` LowCardinality(String) COMMENT 'record it was read from; empty when derived',
    `record_id` String COMMENT 'smallest record_id that gives this date; empty when derived'
)
AS SELECT `edition`, `person_id`, `kind`, `date`, `record`, `record_id`
FROM facts_store.milestone
WHERE (edition, build) IN (SELECT edition, build FROM ops.standing_build)
COMMENT 'When something first happened to a person. One row per edition, person and kind.';

DROP TABLE IF EXISTS facts_store.month_status_next;

CREATE TABLE facts_store.month_status_next
(
    build UInt64 COMMENT 'Build that made the row.',
    `edition` Date,
    `person_id` String,
    `month` Date,
    `k` Nullable(Int16),
    `age` Nullable(UInt8),
    `stage` LowCardinality(String),
    `in_azc` Bool,
    `municipality_code` LowCardinality(String),
    `region` LowCardinality(String),
    `working` Bool,
    `bijstand` Bool,
    `hours_week` Decimal(9,2),
    `wage_sv_cents` Int64,
    `contract` LowCardinality(String),
    `sector_code` LowCardinality(String),
    `bbl` Bool,
    `startbaan` Bool,
    `dual` Bool,
    `leerroute` LowCardinality(String),
    `sustained_6` Nullable(Bool),
    `sustained_12` Nullable(Bool),
    `sustained_18` Nullable(Bool)
)
ENGINE = MergeTree
PARTITION BY (edition, build)
ORDER BY (person_id, month)
SETTINGS non_replicated_deduplication_window = 100000, max_bytes_to_merge_at_max_space_in_pool = 1
COMMENT 'Rows of all builds; read facts.month_status instead.';

INSERT INTO facts_store.month_status_next SELECT * FROM facts_store.month_status SETTINGS max_partitions_per_insert_block = 0;

EXCHANGE TABLES facts_store.month_status_next AND facts_store.month_status;

DROP TABLE facts_store.month_status_next;

CREATE OR REPLACE VIEW facts.month_status
(
    `edition` Date COMMENT 'cut-off day of the edition',
    `person_id` String COMMENT '''v'' + smallest V pseudonym of the person, or ''b'' + smallest B pseudonym when there is none',
    `month` Date COMMENT 'first day of the month; the status is that of d, its last day',
    `k` Nullable(Int16) COMMENT 'months since permit_start; negative before it',
    `age` Nullable(UInt8) COMMENT 'year of d minus birth_year',
    `stage` LowCardinality(String) COMMENT 'left, sustained, work, work_and_bijstand, bijstand, azc_with_permit, azc_in_procedure, settled_other, unknown',
    `in_azc` Bool COMMENT 'a coa_stay covers d',
    `municipality_code` LowCardinality(String) COMMENT 'residence that covers d (latest settled_on, ties greatest record_id), else coa_stay that covers d (latest start, ties greatest record_id), else empty',
    `region` LowCardinality(String) COMMENT 'of municipality_code, geography of the edition; empty',
    `working` Bool,
    `bijstand` Bool,
    `hours_week` Decimal(9,2) COMMENT '0 when not working; rounded half away from zero',
    `wage_sv_cents` Int64 COMMENT 'sum over the rows that make the person working on d',
    `contract` LowCardinality(String) COMMENT 'agency, payroll, bbl, on_call, permanent, temporary; empty when not working',
    `sector_code` LowCardinality(String) COMMENT 'of the main job; empty',
    `bbl` Bool COMMENT 'a row that makes the person working has cd_aard 83, or a duo_mbo of kind bbl covers d',
    `startbaan` Bool COMMENT 'a municipality_provision with startbaan J covers d',
    `dual` Bool,
    `leerroute` LowCardinality(String) COMMENT 'of the municipality_inburgering with the latest pip_signed_on on or before d (ties: greatest record_id); empty',
    `sustained_6` Nullable(Bool) COMMENT 'd lies in a run of 6 or more consecutive reference days of the grid working and not in bijstand. NULL when d lies in a run that is shorter but still open at the grid end',
    `sustained_12` Nullable(Bool) COMMENT 'the same, 12',
    `sustained_18` Nullable(Bool) COMMENT 'the same, 18'
)
AS SELECT `edition`, `person_id`, `month`, `k`, `age`, `stage`, `in_azc`, `municipality_code`, `region`, `working`, `bijstand`, `hours_week`, `wage_sv_cents`, `contract`, `sector_code`, `bbl`, `startbaan`, `dual`, `leerroute`, `sustained_6`, `sustained_12`, `sustained_18`
FROM facts_store.month_status
WHERE (edition, build) IN (SELECT edition, build FROM ops.standing_build)
COMMENT 'Where a person stands on the last day of a month. One row per edition, person and month of the grid.';

DROP TABLE IF EXISTS facts_store.work_spell_next;

CREATE TABLE facts_store.work_spell_next
(
    build UInt64 COMMENT 'Build that made the row.',
    `edition` Date,
    `person_id` String,
    `spell` UInt16,
    `start` Date,
    `end` Date,
    `jobs` UInt16,
    `mean_hours_week` Decimal(9,2),
    `contract_start` LowCardinality(String),
    `contract_end` LowCardinality(String)
)
ENGINE = MergeTree
PARTITION BY (edition, build)
ORDER BY (person_id, spell)
SETTINGS non_replicated_deduplication_window = 100000, max_bytes_to_merge_at_max_space_in_pool = 1
COMMENT 'Rows of all builds; read facts.work_spell instead.';

INSERT INTO facts_store.work_spell_next SELECT * FROM facts_store.work_spell SETTINGS max_partitions_per_insert_block = 0;

EXCHANGE TABLES facts_store.work_spell_next AND facts_store.work_spell;

DROP TABLE facts_store.work_spell_next;

CREATE OR REPLACE VIEW facts.work_spell
(
    `edition` Date COMMENT 'cut-off day of the edition',
    `person_id` String COMMENT '''v'' + smallest V pseudonym of the person, or ''b'' + smallest B pseudonym when there is none',
    `spell` UInt16 COMMENT '1, 2, ... by start',
    `start` Date,
    `end` Date COMMENT 'last day worked in the spell',
    `jobs` UInt16 COMMENT 'distinct employers',
    `mean_hours_week` Decimal(9,2) COMMENT 'hours_paid of all its rows / (days from start to end inclusive / 7)',
    `contract_start` LowCardinality(String) COMMENT 'contract of the row with most weekly hours among those whose interval covers start',
    `contract_end` LowCardinality(String) COMMENT 'the same for end'
)
AS SELECT `edition`, `person_id`, `spell`, `start`, `end`, `jobs`, `mean_hours_week`, `contract_start`, `contract_end`
FROM facts_store.work_spell
WHERE (edition, build) IN (SELECT edition, build FROM ops.standing_build)
COMMENT 'Time in paid work, joined over gaps of at most 31 days. One row per edition, person and spell.';

DROP TABLE IF EXISTS facts_store.job_next;

CREATE TABLE facts_store.job_next
(
    build UInt64 COMMENT 'Build that made the row.',
    `edition` Date,
    `person_id` String,
    `employer` String,
    `job` UInt16,
    `start` Date,
    `end` Date,
    `ikvs` UInt16,
    `realised_months` UInt16,
    `mean_hours_week` Decimal(9,2),
    `contract_start` LowCardinality(String),
    `contract_end` LowCardinality(String),
    `sector_code` LowCardinality(String),
    `sowis_like` Bool
)
ENGINE = MergeTree
PARTITION BY (edition, build)
ORDER BY (person_id, employer, job)
SETTINGS non_replicated_deduplication_window = 100000, max_bytes_to_merge_at_max_space_in_pool = 1
COMMENT 'Rows of all builds; read facts.job instead.';

INSERT INTO facts_store.job_next SELECT * FROM facts_store.job SETTINGS max_partitions_per_insert_block = 0;

EXCHANGE TABLES facts_store.job_next AND facts_store.job;

DROP TABLE facts_store.job_next;

CREATE OR REPLACE VIEW facts.job
(
    `edition` Date COMMENT 'cut-off day of the edition',
    `person_id` String COMMENT '''v'' + smallest V pseudonym of the person, or ''b'' + smallest B pseudonym when there is none',
    `employer` String COMMENT 'employer_pseudonym',
    `job` UInt16 COMMENT '1, 2, ... by start within person and employer',
    `start` Date,
    `end` Date,
    `ikvs` UInt16 COMMENT 'distinct ikv_id',
    `realised_months` UInt16 COMMENT 'reference days of the grid that an interval of the job covers',
    `mean_hours_week` Decimal(9,2) COMMENT 'as in work_spell',
    `contract_start` LowCardinality(String),
    `contract_end` LowCardinality(String),
    `sector_code` LowCardinality(String) COMMENT 'of the row with the latest period_start (ties: smallest ikv_id)',
    `sowis_like` Bool COMMENT 'realised_months >= 12 and mean_hours_week >= 20'
)
AS SELECT `edition`, `person_id`, `employer`, `job`, `start`, `end`, `ikvs`, `realised_months`, `mean_hours_week`, `contract_start`, `contract_end`, `sector_code`, `sowis_like`
FROM facts_store.job
WHERE (edition, build) IN (SELECT edition, build FROM ops.standing_build)
COMMENT 'Time at one employer, joined likewise. One row per edition, person, employer and job.';

DROP TABLE IF EXISTS facts_store.bijstand_spell_next;

CREATE TABLE facts_store.bijstand_spell_next
(
    build UInt64 COMMENT 'Build that made the row.',
    `edition` Date,
    `person_id` String,
    `spell` UInt16,
    `start` Date,
    `end` Nullable(Date),
    `municipality_code` LowCardinality(String),
    `from_azc` Bool,
    `exit_to_work` Nullable(Bool),
    `loose_6` Nullable(Bool),
    `loose_12` Nullable(Bool),
    `loose_18` Nullable(Bool),
    `strict_6` Nullable(Bool),
    `strict_12` Nullable(Bool),
    `strict_18` Nullable(Bool)
)
ENGINE = MergeTree
PARTITION BY (edition, build)
ORDER BY (person_id, spell)
SETTINGS non_replicated_deduplication_window = 100000, max_bytes_to_merge_at_max_space_in_pool = 1
COMMENT 'Rows of all builds; read facts.bijstand_spell instead.';

INSERT INTO facts_store.bijstand_spell_next SELECT * FROM facts_store.bijstand_spell SETTINGS max_partitions_per_insert_block = 0;

EXCHANGE TABLES facts_store.bijstand_spell_next AND facts_store.bijstand_spell;

DROP TABLE facts_store.bijstand_spell_next;

CREATE OR REPLACE VIEW facts.bijstand_spell
(
    `edition` Date COMMENT 'cut-off day of the edition',
    `person_id` String COMMENT '''v'' + smallest V pseudonym of the person, or ''b'' + smallest B pseudonym when there is none',
    `spell` UInt16 COMMENT '1, 2, ... by start',
    `start` Date,
    `end` Nullable(Date) COMMENT 'NULL: open, no end date known',
    `municipality_code` LowCardinality(String) COMMENT 'of its record with the latest start (ties: greatest record_id)',
    `from_azc` Bool COMMENT 'a record of the spell that starts on its first day has reason_in 43',
    `exit_to_work` Nullable(Bool) COMMENT 'NULL when open, or when month m+1 lies after the grid end',
    `loose_6` Nullable(Bool) COMMENT 'NULL unless exit_to_work is true and month m+6 is not after the grid end',
    `loose_12` Nullable(Bool) COMMENT 'NULL unless exit_to_work is true and month m+12 is not after the grid end',
    `loose_18` Nullable(Bool) COMMENT 'NULL unless exit_to_work is true and month m+18 is not after the grid end',
    `strict_6` Nullable(Bool) COMMENT 'NULL unless exit_to_work is true and month m+6 is not after the grid end',
    `strict_12` Nullable(Bool) COMMENT 'NULL unless exit_to_work is true and month m+12 is not after the grid end',
    `strict_18` Nullable(Bool) COMMENT 'NULL unless exit_to_work is true and month m+18 is not after the grid end'
)
AS SELECT `edition`, `person_id`, `spell`, `start`, `end`, `municipality_code`, `from_azc`, `exit_to_work`, `loose_6`, `loose_12`, `loose_18`, `strict_6`, `strict_12`, `strict_18`
FROM facts_store.bijstand_spell
WHERE (edition, build) IN (SELECT edition, build FROM ops.standing_build)
COMMENT 'Time in bijstand (PW), joined over gaps of at most 31 days. One row per edition, person and spell.';

DROP TABLE IF EXISTS facts_store.link_conflict_next;

CREATE TABLE facts_store.link_conflict_next
(
    build UInt64 COMMENT 'Build that made the row.',
    `edition` Date,
    `conflict_id` String,
    `pseudonym` String,
    `suppliers` Array(LowCardinality(String))
)
ENGINE = MergeTree
PARTITION BY (edition, build)
ORDER BY (conflict_id, pseudonym)
SETTINGS non_replicated_deduplication_window = 100000, max_bytes_to_merge_at_max_space_in_pool = 1
COMMENT 'Rows of all builds; read facts.link_conflict instead.';

INSERT INTO facts_store.link_conflict_next SELECT * FROM facts_store.link_conflict SETTINGS max_partitions_per_insert_block = 0;

EXCHANGE TABLES facts_store.link_conflict_next AND facts_store.link_conflict;

DROP TABLE facts_store.link_conflict_next;

CREATE OR REPLACE VIEW facts.link_conflict
(
    `edition` Date COMMENT 'cut-off day of the edition',
    `conflict_id` String COMMENT '''b'' + smallest B pseudonym of the set',
    `pseudonym` String COMMENT '''v'' or ''b'' + pseudonym; one row for each in the set',
    `suppliers` Array(LowCardinality(String)) COMMENT 'suppliers whose records hold it, sorted'
)
AS SELECT `edition`, `conflict_id`, `pseudonym`, `suppliers`
FROM facts_store.link_conflict
WHERE (edition, build) IN (SELECT edition, build FROM ops.standing_build)
COMMENT 'Pseudonyms of sets with two or more B. One row per edition and pseudonym.';

DROP TABLE IF EXISTS facts_store.first_link_next;

CREATE TABLE facts_store.first_link_next
(
    build UInt64 COMMENT 'Build that made the row.',
    edition Date,
    person_id String,
    record LowCardinality(String),
    first_linked_on Date32,
    delivered_since Date32
)
ENGINE = ReplacingMergeTree
PARTITION BY (edition, build)
ORDER BY (edition, build, person_id, record)
COMMENT 'Rows of all builds, read with FINAL; read ops.first_link instead.';

INSERT INTO facts_store.first_link_next SELECT * FROM facts_store.first_link SETTINGS max_partitions_per_insert_block = 0;

EXCHANGE TABLES facts_store.first_link_next AND facts_store.first_link;

DROP TABLE facts_store.first_link_next;

CREATE OR REPLACE VIEW ops.first_link
(
    edition Date COMMENT 'Cut-off day of the edition.',
    person_id String COMMENT 'As in facts.person.',
    supplier String,
    record LowCardinality(String),
    first_linked_on Date32 COMMENT 'drawn_on of the first accepted delivery of the record that linked a V and a B of the person; of a person who is not linked, a V or a B of the person to any other.',
    delivered_since Date32 COMMENT 'drawn_on of the first accepted delivery of the record (of municipal records: of that municipality). Equal to first_linked_on, the link may be older than the deliveries.'
)
AS SELECT
    edition,
    person_id,
    splitByChar('_', toString(record))[1] AS supplier,
    record,
    first_linked_on,
    delivered_since
FROM facts_store.first_link FINAL
WHERE (edition, build) IN (SELECT edition, build FROM ops.standing_build)
COMMENT 'Data of persons: when the deliveries first linked V and B. One row per edition, person and record that ever linked.';

-- +goose Down
-- The rows are the same either way, and programs before this one read both.
SELECT 1;
