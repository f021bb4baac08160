package main

import (
	"fmt"
	"strings"
)

// page writes the results for readers.
func (r *results) page() string {
	b := &strings.Builder{}
	m := r.Machine
	fmt.Fprintf(b, `# Benchmarks

Written by %[1]smake bench%[1]s; do not edit. The same numbers, raw: [results.json](results.json).

| machine | |
| --- | --- |
| measured | %[2]s, project at revision %[3]s |
| cores | %[4]d (%[5]s) |
| memory | %.1[6]f GiB |
| kernel | %[7]s |
| Go | %[8]s |
| Kafka and ClickHouse | %[9]s |

CPU is user and system time, of the command and its children. Peak is the most memory (resident) that a process had. "Load before" is the machine's load
average over the minute before, "others" the cores that other processes kept busy meanwhile; **shared** marks a measurement during which that was a tenth of
the cores or more: its wall time says little, its CPU time is somewhat too high.
`, "`", m.Date, m.Revision, m.Cores, m.Processor, m.MemoryGiB, m.Kernel, m.Go, engines(r.OnServers))
	for _, e := range r.EndToEnd {
		e.section(b, m.Cores)
	}
	if w := r.Wages; w != nil {
		fmt.Fprintf(b, "\n## Load alone: %s wage rows\n\nOne delivery of zstd Parquet through validation, Kafka, the raw table and reconciliation, engines started and stopped included.\n", thousands(w.Rows))
		heading(b)
		w.line(b, m.Cores)
		fmt.Fprintf(b, "\nPer million rows: %.1f s of CPU.\n", w.CPU/float64(w.Rows)*1e6)
	}
	if f := r.Facts; f != nil {
		fmt.Fprintf(b, "\n## Facts alone: %s persons, some 67 wage rows each\n\nOne build of an edition by BenchmarkBuild of pipelines/edition: link, records that hold, shuffle, all tables. The peak of\nClickHouse is since it started, filling the raw tables included.\n\n", thousands(int64(f.Persons)))
		fmt.Fprint(b, "| wall s | persons/s | CPU s: workers | CPU s: ClickHouse | peak MiB: workers | peak MiB: ClickHouse | load before | others | |\n| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |\n")
		fmt.Fprintf(b, "| %.1f | %s | %.1f | %.1f | %.0f | %.0f | %.1f | %.1f | %s |\n", f.Wall, thousands(int64(float64(f.Persons)/f.Wall)), f.OwnCPU, f.ServerCPU,
			f.OwnPeakMiB, f.ServerPeakMiB, f.LoadBefore, f.Others, mark(f.Others, m.Cores))
		fmt.Fprintf(b, "\nParts of it: %s.\n", f.Stages)
	}
	b.WriteString(again)
	return b.String()
}

const again = `
## To measure again

    make bench

or parts of it, after ` + "`make build`" + `:

    go run ./deploy/dev/bench -sizes 10000 -wages 0 -facts 0 -out /tmp/bench

Close other programs first, and leave some 30 GB of disk free. On servers, with the settings DOORSTROOM_KAFKA_BROKERS and DOORSTROOM_CLICKHOUSE_ADDR as for
any command, give one measurement at a time and empty the warehouse and the topics in between; the memory and CPU of the servers are then not in the tables.
`

func engines(onServers bool) string {
	if onServers {
		return "servers named by the settings; their memory and CPU are not seen here"
	}
	return "embedded, started by each command"
}

// section is the main job on one population.
func (e *endToEnd) section(b *strings.Builder, cores int) {
	fmt.Fprintf(b, "\n## Main job: %s persons\n\nEach step is a command of its own, engines started and stopped included.\n", thousands(int64(e.Persons)))
	heading(b)
	total := &step{Name: "load to marts"}
	for _, s := range e.Steps {
		s.line(b, cores)
		switch s.Name {
		case "load":
			total.Rows, total.LoadBefore = s.Rows, s.LoadBefore
			fallthrough
		case "facts", "marts":
			total.add(s)
		}
	}
	total.Others /= total.Wall
	total.line(b, cores)
	fmt.Fprintf(b, "\n%s persons in the edition: %.0f persons/s in facts, %.0f from load to marts. On disk: deliveries %s, Kafka %s, ClickHouse %s.\n",
		thousands(int64(e.People)), float64(e.People)/e.Steps[2].Wall, float64(e.People)/total.Wall, megabytes(e.Deliveries), megabytes(e.Kafka), megabytes(e.ClickHouse))
}

// add adds a step to a total; Others becomes core seconds.
func (s *step) add(more *step) {
	s.Wall, s.CPU, s.Others = s.Wall+more.Wall, s.CPU+more.CPU, s.Others+more.Others*more.Wall
	if s.Processes == nil {
		s.Processes = map[string]process{}
	}
	for kind, p := range more.Processes {
		old := s.Processes[kind]
		s.Processes[kind] = process{PeakMiB: max(old.PeakMiB, p.PeakMiB), CPU: old.CPU + p.CPU}
	}
}

func heading(b *strings.Builder) {
	b.WriteString("\n| step | rows | wall s | rows/s | CPU s | of which doorstroom / ClickHouse / dbt | peak MiB doorstroom / ClickHouse / dbt | load before | others | |\n" +
		"| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |\n")
}

// line is a step as a row of the table.
func (s *step) line(b *strings.Builder, cores int) {
	rows, speed := "", ""
	if s.Rows > 0 {
		rows, speed = thousands(s.Rows), thousands(int64(float64(s.Rows)/s.Wall))
	}
	var cpu, peak []string
	for _, kind := range []string{"doorstroom", "clickhouse", "dbt"} {
		p, there := s.Processes[kind]
		if !there {
			cpu, peak = append(cpu, "–"), append(peak, "–")
			continue
		}
		cpu, peak = append(cpu, fmt.Sprintf("%.1f", p.CPU)), append(peak, fmt.Sprintf("%.0f", p.PeakMiB))
	}
	fmt.Fprintf(b, "| %s | %s | %.1f | %s | %.1f | %s | %s | %.1f | %.1f | %s |\n", s.Name, rows, s.Wall, speed, s.CPU,
		strings.Join(cpu, " / "), strings.Join(peak, " / "), s.LoadBefore, s.Others, mark(s.Others, cores))
}

func mark(others float64, cores int) string {
	if shared(others, cores) {
		return "**shared**"
	}
	return ""
}

// thousands writes a number with a comma per thousand.
func thousands(n int64) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

func megabytes(bytes int64) string { return fmt.Sprintf("%.0f MB", float64(bytes)/1e6) }
