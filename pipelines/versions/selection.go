package versions

import (
	"embed"

	"doorstroom/pipelines/sqlfile"
	"doorstroom/schemas"
)

//go:embed sql/*.sql
var files embed.FS

var sqlFiles = sqlfile.Parse(files)

// Selection is the SQL that finds the effective records of one kind. Most rows have no other version: they are effective
// as they are. Only keys that come more than once are resolved, by the columns of the contract; hashes (record_key,
// period_key) tell which those are and decide nothing.
//
// The statements are run in the order of the methods. They name these tables, all of which begin with Tables: load and
// scope (ScopeTables), which the caller fills from a Scope, and those that CreateContested, CreateVersions and CreatePeriods make.
type Selection struct {
	Record  *schemas.Record
	Columns []Column
	Tables  string
	// Contested is known after the contested keys were counted.
	Contested Contested
}

// Contested says which keys of a record come more than once, and so which rows have to be resolved.
type Contested struct {
	Keys, Periods bool
	All           bool // keys are too many to look up: every row is resolved
}

// Any tells whether any row has to be resolved.
func (c Contested) Any() bool { return c.Keys || c.Periods }

// Part is one of several passes over the rows, which bound the memory of a statement.
type Part struct{ No, Of uint64 }

// Corrected tells whether records of this kind correct each other.
func (s *Selection) Corrected() bool { return len(s.Record.CorrectedBy) > 0 }

// RecordKey are the columns that tell records apart.
func (s *Selection) RecordKey() []string { return recordKey(s.Record) }

// ScopeTables makes the tables that say what is looked at: load (load_id, rank), the rank being the place in Scope.Loads,
// and scope (record, load_id, municipality), the sources.
func ScopeTables(tables string) []string {
	return []string{
		"CREATE TABLE " + tables + "load (load_id UInt64, rank UInt32) ENGINE = MergeTree ORDER BY load_id",
		"CREATE TABLE " + tables + "scope (record LowCardinality(String), load_id UInt64, municipality Int16) ENGINE = MergeTree ORDER BY record",
	}
}

// CountInScope counts the rows that are looked at.
func (s *Selection) CountInScope() string { return sqlFiles.Render("count_in_scope.sql", s) }

// KeyHash is a column that hashes what rows may contest.
type KeyHash string

// The hashes: of a record, and of the period of a record that others correct.
const (
	OfRecord KeyHash = "record_key"
	OfPeriod KeyHash = "period_key"
)

// CreateContested makes the table of the values of a hash that come more than once.
func (s *Selection) CreateContested(of KeyHash) string {
	return "CREATE TABLE " + s.ContestedTable(of) + " (value UInt64) ENGINE = MergeTree ORDER BY tuple()"
}

// ContestedTable is the name of that table.
func (s *Selection) ContestedTable(of KeyHash) string {
	return s.Tables + s.Record.Name + "_" + string(of)
}

// FindContested fills it. A row that was written twice is in it, and resolving takes it once.
func (s *Selection) FindContested(of KeyHash, p Part) string {
	return sqlFiles.Render("find_contested.sql", struct {
		*Selection
		Hash KeyHash
		Into string
		Part Part
	}{s, of, s.ContestedTable(of), p})
}

// CreateVersions makes the table of the newest versions of contested records.
func (s *Selection) CreateVersions() string { return sqlFiles.Render("create_versions.sql", s) }

// KeepNewest fills it with the newest version of every contested record, unless that deletes the record.
func (s *Selection) KeepNewest(p Part) string { return sqlFiles.Render("keep_newest.sql", s.in(p)) }

// CreatePeriods makes the table of what is left of them, of records that correct each other.
func (s *Selection) CreatePeriods() string {
	return "CREATE TABLE " + s.Tables + s.Record.Name + "_periods AS " + s.Tables + s.Record.Name + "_versions"
}

// KeepNewestOfPeriod fills it with the newest of the records of each period.
func (s *Selection) KeepNewestOfPeriod(p Part) string {
	return sqlFiles.Render("keep_newest_of_period.sql", s.in(p))
}

type passing struct {
	*Selection
	Part Part
}

func (s *Selection) in(p Part) passing { return passing{s, p} }

// Effective gives the SELECTs whose rows together are the effective records: the two pseudonyms, and the columns under
// the names that Column.Made gives.
func (s *Selection) Effective() (selects []string) {
	if !s.Contested.All {
		selects = append(selects, sqlFiles.Render("uncontested.sql", s))
	}
	if s.Contested.Any() {
		selects = append(selects, sqlFiles.Render("resolved.sql", s))
	}
	return selects
}
