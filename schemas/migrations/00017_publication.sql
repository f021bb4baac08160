-- +goose Up
CREATE DATABASE IF NOT EXISTS publication;

CREATE DATABASE IF NOT EXISTS publication_store;

CREATE TABLE IF NOT EXISTS publication_store.cell
(
    release LowCardinality(String) COMMENT 'Name of the release that the row is written for.',
    attempt UInt64 COMMENT 'The attempt at that release; only one attempt becomes visible.',
    entry LowCardinality(String) COMMENT 'Entry of the catalogue.',
    position UInt32 COMMENT 'Place of the row in its table.',
    place Array(String) COMMENT 'Values of the dimensions, in the order of the indicator''s columns; total is the margin.',
    value Nullable(UInt64) COMMENT 'The published figure; NULL where the status is not published.',
    denominator Nullable(UInt64) COMMENT 'The published figure of everybody, whatever the outcome.',
    share Nullable(Float64) COMMENT 'value / denominator, of the published figures.',
    status LowCardinality(String) COMMENT 'published, suppressed, not_applicable or not_yet.'
)
ENGINE = MergeTree
ORDER BY (entry, release, attempt, position)
COMMENT 'Protected cells of all releases, those of attempts that broke off too. Read the tables of publication instead.';

CREATE TABLE IF NOT EXISTS publication_store.indicator
(
    release LowCardinality(String),
    attempt UInt64,
    name LowCardinality(String),
    importance UInt32,
    title_nl String,
    title_en String,
    definition_nl String,
    definition_en String,
    unit_nl String,
    unit_en String,
    population String,
    profile LowCardinality(String),
    source String COMMENT 'Mart that it was counted in.',
    columns Array(String) COMMENT 'Names of the dimensions, the outcome last.',
    comparable Array(String) COMMENT 'Figures that others published of the same, and where.',
    entry String COMMENT 'The entry of the catalogue, as YAML.'
)
ENGINE = MergeTree
ORDER BY (release, attempt, name)
COMMENT 'Entries of the catalogue as they were released. Read publication.indicator instead.';

CREATE TABLE IF NOT EXISTS publication_store.release
(
    release LowCardinality(String),
    attempt UInt64 COMMENT 'The attempt whose rows are the release.',
    edition Date,
    number UInt32 COMMENT '1 for the first release of an edition, 2 for its first revision.',
    released_at DateTime64(3, 'UTC'),
    catalogue_version String,
    definition_version String,
    synthetic Bool,
    why String COMMENT 'Reasons of a revision; empty for the first release of an edition.'
)
ENGINE = MergeTree
ORDER BY (released_at, release)
COMMENT 'Releases. The row of a release makes all of its tables visible at once.';

CREATE TABLE IF NOT EXISTS ops.release
(
    release LowCardinality(String),
    attempt UInt64,
    edition Date,
    edition_inputs String COMMENT 'Hash of what the edition was made of, as ops.edition has it.',
    definition_version String,
    catalogue_version String,
    catalogue_sha256 String COMMENT 'Over the files of the catalogue.',
    threshold UInt32,
    base UInt32,
    range UInt32 COMMENT 'How far apart the ends of a range must be at least.',
    inputs Map(String, String) COMMENT 'SHA-256 of the true counts of each table, margins left out.',
    tables Map(String, String) COMMENT 'SHA-256 of each table as CSV.',
    published UInt64 COMMENT 'Cells with a figure.',
    suppressed UInt64 COMMENT 'Cells without one, to protect people.',
    audit String COMMENT 'What the attack found.',
    who String COMMENT 'Who released it.',
    why String COMMENT 'Reasons of a revision.',
    program String COMMENT 'Version of the program.',
    written_at DateTime64(3, 'UTC')
)
ENGINE = MergeTree
ORDER BY (release, attempt)
COMMENT 'The ledger: what each release was made of and by which rules. Attempts that broke off have a row too, and none in publication_store.release.';

CREATE OR REPLACE VIEW publication.release
(
    release String COMMENT 'The edition''s day; a revision has its number behind it.',
    edition Date COMMENT 'Everything as it was known on this day.',
    released_at DateTime64(3, 'UTC'),
    catalogue_version String COMMENT 'Version of the list of published tables.',
    definition_version String COMMENT 'Version of the definitions that were counted by.',
    synthetic Bool COMMENT 'Made-up persons count in it: not real figures.',
    why String COMMENT 'Reasons of a revision; empty for the first release of an edition.'
)
AS SELECT release, edition, released_at, catalogue_version, definition_version, synthetic, why
FROM publication_store.release
COMMENT 'Releases, one row each.';

CREATE OR REPLACE VIEW publication.indicator
(
    release String,
    name String COMMENT 'Table of this database that holds it.',
    title_nl String,
    title_en String,
    definition_nl String,
    definition_en String,
    unit_nl String,
    unit_en String,
    source String COMMENT 'Mart that it was counted in.',
    profile String COMMENT 'How it is protected. suppress: small counts are hidden, others with them, and figures are rounded one by one, so that totals need not add up.',
    comparable Array(String) COMMENT 'Figures that others published of the same, and where.'
)
AS SELECT release, name, title_nl, title_en, definition_nl, definition_en, unit_nl, unit_en, source, profile, comparable
FROM publication_store.indicator
WHERE (release, attempt) IN (SELECT release, attempt FROM publication_store.release)
COMMENT 'What each table of this database counts, release by release.';

-- +goose Down
DROP VIEW IF EXISTS publication.indicator;
DROP VIEW IF EXISTS publication.release;
DROP TABLE IF EXISTS ops.release;
DROP TABLE IF EXISTS publication_store.release;
DROP TABLE IF EXISTS publication_store.indicator;
DROP TABLE IF EXISTS publication_store.cell;
DROP DATABASE IF EXISTS publication_store;
DROP DATABASE IF EXISTS publication;
