package main

// dependency is one package that is used, at the version that is pinned.
type dependency struct {
	Name, Version string
	// Licence is SPDX identifiers joined by " AND ": all that the package's files name.
	Licence string
	// Use is the part of the project that needs it.
	Use string
	// Source is where the licence was read.
	Source string
}

// shipped tells whether a dependency comes with the program; the others are fetched for its tests and passed on to nobody.
func (d dependency) shipped() bool {
	return d.Use == useBinary || d.Use == useDBT || d.Use == useEngine
}

// Where a licence was read.
const (
	fromFile     = "licence file"
	fromMetadata = "package metadata"
)

// Who needs a dependency.
const (
	useBinary   = "binary"
	useTests    = "tests and generators"
	useSuites   = "tests, as their data"
	useDBT      = "dbt"
	useEngine   = "embedded ClickHouse"
	useKafka    = "Apache Kafka in tests"
	useSpark    = "Apache Spark in tests"
	useWriters  = "writers of Parquet files in tests"
	useLint     = "linters of dbt"
	useSurvival = "survival curves in tests"
)
