package main

import "time"

// results are everything that was measured.
type results struct {
	Machine   machine
	OnServers bool
	EndToEnd  []*endToEnd
	Wages     *step
	Facts     *factsBuild
}

// endToEnd is the main job on one population.
type endToEnd struct {
	Persons int // asked for
	People  int // persons of the edition
	Steps   []*step
	// Bytes on disk at the end.
	Deliveries, Kafka, ClickHouse int64
}

// step is one command.
type step struct {
	Name string
	Rows int64 // what the step works on: rows read, rows of facts, rows of marts
	usage
}

// usage is what a command took.
type usage struct {
	Started    time.Time
	Wall, CPU  float64 // seconds; CPU is user and system time, children included
	LoadBefore float64 // of the machine, over a minute
	Others     float64 // cores that other processes kept busy meanwhile, on average
	Processes  map[string]process
}

// process is what one process of a command took.
type process struct {
	PeakMiB float64
	CPU     float64 // seconds
}

// factsBuild is the benchmark of pipelines/edition.
type factsBuild struct {
	Persons                   int
	Wall, ServerCPU, OwnCPU   float64 // seconds
	ServerPeakMiB, OwnPeakMiB float64 // the server's since it started, filling the raw tables included
	Outcome, Stages           string  // as the benchmark told them
	LoadBefore, Others        float64
}

// shared says that others had the machine too: they kept a tenth of its cores busy or more.
func shared(others float64, cores int) bool { return others >= 0.1*float64(cores) }
