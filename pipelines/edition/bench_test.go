package edition_test

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"doorstroom/pipelines/edition"
	"doorstroom/schemas"
)

// BenchmarkBuild makes an edition of a population that is filled straight into
// the raw tables: some 67 wage rows a person, of which one in a hundred is
// corrected, and some of most other records. DOORSTROOM_BENCH_PERSONS sets how many persons (10,000).
func BenchmarkBuild(b *testing.B) {
	persons := 10_000
	if text := os.Getenv("DOORSTROOM_BENCH_PERSONS"); text != "" {
		var err error
		persons, err = strconv.Atoi(text)
		must(b, err)
	}
	e := startEngine(b, 4<<30)
	fill(b, e, persons)
	b.ResetTimer()
	for i := range b.N {
		var before runtime.MemStats
		runtime.ReadMemStats(&before)
		serverCPU := cpuSeconds(b, e.server.PID())
		ownCPU := cpuSeconds(b, os.Getpid())
		began := time.Now()
		result, err := e.facts.Build(b.Context(), schemas.DateOf(2026, 6, 30)+schemas.Date(i), edition.Options{})
		must(b, err)
		took := time.Since(began)
		b.Logf("%d persons, %d records, %v in %s; CPU: server %.1f s, own %.1f s; peak: server %s, own %s",
			result.Persons, result.Records, result.Rows, took,
			cpuSeconds(b, e.server.PID())-serverCPU, cpuSeconds(b, os.Getpid())-ownCPU, peak(b, e.server.PID()), peak(b, os.Getpid()))
		b.Logf("%v", result.Phases)
		b.ReportMetric(float64(result.Persons)/took.Seconds(), "persons/s")
	}
}

// cpuSeconds is the processor time of a process so far.
func cpuSeconds(t testing.TB, pid int) float64 {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	must(t, err)
	fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')'):]))
	user, err := strconv.Atoi(fields[12])
	must(t, err)
	system, err := strconv.Atoi(fields[13])
	must(t, err)
	return float64(user+system) / 100
}

// peak is the most memory that a process had.
func peak(t testing.TB, pid int) string {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	must(t, err)
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			return strings.TrimSpace(rest)
		}
	}
	return "unknown"
}

// fill makes the raw tables and the bookkeeping of a population.
func fill(b testing.TB, e *engine, persons int) {
	b.Helper()
	workers, months := persons*6/10, 111
	v := "sipHash128('v', toUInt64(%s))::FixedString(16)"
	bsn := "sipHash128('b', toUInt64(%s))::FixedString(16)"
	began := time.Now()
	e.exec(b, fmt.Sprintf(`INSERT INTO raw.uwv_employment (load_id, file_no, row_no, record_id, pseudonym_b, ikv_id, employer_pseudonym,
		period_start, period_end, ikv_start, srt_iv, cd_aard, ind_permanent, ind_written, ind_on_call, hours_paid, wage_sv, sector_code)
		WITH intDiv(number, %[1]d) AS m, number %% %[1]d AS p, toDate32(addMonths(toDate('2017-04-01'), m)) AS first, intDiv(m + p %% 37, 37) AS job
		SELECT 1, m, p + 1, concat('w', toString(m), '-', toString(p)), %[2]s, concat('ikv', toString(p), '-', toString(job)),
			sipHash128('e', (p * 7 + job * 13) %% 50000)::FixedString(16), first, toDate32(toLastDayOfMonth(first)),
			toDate32(addMonths(toDate('2017-04-01'), greatest(0, job * 37 - p %% 37))), if(p %% 50 = 0, '43', '15'), '01',
			if(p %% 3 = 0, 'J', 'N'), 'J', if(p %% 5 = 0, 'J', 'N'), 20 + cityHash64(p, m) %% 150, 100000 + cityHash64(m, p) %% 300000, '33'
		FROM numbers(%[3]d) SETTINGS max_insert_threads = 2`, workers, fmt.Sprintf(bsn, "p"), workers*months))
	e.exec(b, `INSERT INTO raw.uwv_employment (load_id, file_no, row_no, record_id, operation, pseudonym_b, ikv_id, employer_pseudonym,
		period_start, period_end, ikv_start, srt_iv, cd_aard, ind_permanent, ind_written, ind_on_call, hours_paid, wage_sv, sector_code)
		SELECT 2, 0, row_no + file_no * 10000000, if(row_no % 2 = 0, record_id, concat('c', record_id)), if(row_no % 2 = 0, 'W', 'T'),
			pseudonym_b, ikv_id, employer_pseudonym, period_start, period_end, ikv_start, srt_iv, cd_aard, ind_permanent, ind_written,
			ind_on_call, hours_paid + 1, wage_sv, sector_code
		FROM raw.uwv_employment WHERE load_id = 1 AND cityHash64(record_key) % 100 = 0`)
	small := func(table, columns, values string, rows int) {
		e.exec(b, fmt.Sprintf("INSERT INTO raw.%s (load_id, file_no, row_no, record_id, %s) SELECT %s FROM numbers(%d)", table, columns, values, rows))
	}
	small("municipality_residence", "pseudonym_v, pseudonym_b, municipality_code, settled_on",
		fmt.Sprintf("3, 0, number + 1, concat('r', toString(number)), %s, if(number %% 10 = 0, NULL, %s), '0363', toDate32('2018-01-01') + number %% 1500", fmt.Sprintf(v, "number"), fmt.Sprintf(bsn, "number")), persons)
	small("coa_permit", "pseudonym_v, applied_on, title_code, start, nationality_code, birth_year, sex, route",
		fmt.Sprintf("4, 0, number + 1, concat('p', toString(number)), %s, toDate32('2017-01-01') + intDiv(number, 2) %% 1500, if(number %% 2 = 0, '32', '26'), "+
			"toDate32('2017-01-01') + intDiv(number, 2) %% 1500 + number %% 2 * 200, '0336', 1960 + intDiv(number, 2) %% 45, 'M', 'zelf'", fmt.Sprintf(v, "intDiv(number, 2)")), persons*2)
	small("coa_stay", "pseudonym_v, location, municipality_code, start, end",
		fmt.Sprintf("4, 1, number + 1, concat('s', toString(number)), %s, 'x', '0014', toDate32('2017-01-01') + intDiv(number, 2) %% 1500 + number %% 2 * 100, "+
			"toDate32('2017-01-01') + intDiv(number, 2) %% 1500 + number %% 2 * 100 + 99", fmt.Sprintf(v, "intDiv(number, 2)")), persons*2)
	small("municipality_bijstand", "pseudonym_b, municipality_code, regulation, start, end, reason_in, role",
		fmt.Sprintf("3, 1, number + 1, concat('y', toString(number)), %s, '0363', 'PW', toDate32('2018-01-01') + number %% 1500, "+
			"toDate32('2018-01-01') + number %% 1500 + number %% 1000, '43', 'aanvrager'", fmt.Sprintf(bsn, "number")), persons)
	small("duo_exam", "pseudonym_b, taken_on, part, level, result",
		fmt.Sprintf("5, 0, number + 1, concat('x', toString(number)), %s, toDate32('2020-01-01') + number %% 900, ['LE','LU','SC','SP'][number %% 4 + 1], 'B1', 'geslaagd'", fmt.Sprintf(bsn, "intDiv(number, 4)")), persons*4)
	small("duo_obligation", "pseudonym_b, law, start, target_group",
		fmt.Sprintf("5, 1, number + 1, concat('o', toString(number)), %s, 'Wi2013', toDate32('2018-01-01') + number %% 1500, 'asielstatushouder'", fmt.Sprintf(bsn, "number")), persons)
	small("coa_participation", "pseudonym_v, kind, start, end, hours_per_week",
		fmt.Sprintf("4, 2, number + 1, concat('t', toString(number)), %s, ['nt2', 'voorinburgering', 'vrijwilligerswerk', 'meedoenbalie'][number %% 4 + 1], "+
			"toDate32('2017-01-01') + number %% 1500, toDate32('2017-01-01') + number %% 1500 + 90, 8", fmt.Sprintf(v, "number")), persons)
	small("uwv_work_permit", "pseudonym_b, requested_on, decided_on, decision, sector_code",
		fmt.Sprintf("1, 200, number + 1, concat('q', toString(number)), %s, toDate32('2019-01-01') + number %% 900, toDate32('2019-02-01') + number %% 900, "+
			"['verleend', 'geweigerd', 'ingetrokken'][number %% 3 + 1], '33'", fmt.Sprintf(bsn, "number")), persons/4)
	small("duo_mbo", "pseudonym_b, kind, level, start, end, result",
		fmt.Sprintf("5, 2, number + 1, concat('m', toString(number)), %s, ['bbl', 'bol', 'certificaat'][number %% 3 + 1], 2, toDate32('2019-01-01') + number %% 900, "+
			"toDate32('2021-01-01') + number %% 900, 'behaald'", fmt.Sprintf(bsn, "number")), persons/4)
	small("idw_valuation", "pseudonym_b, requested_on, decided_on, kind, nlqf_level",
		fmt.Sprintf("6, 0, number + 1, concat('i', toString(number)), %s, toDate32('2019-01-01') + number %% 900, toDate32('2019-04-01') + number %% 900, "+
			"'diplomawaardering', 2 + number %% 6", fmt.Sprintf(bsn, "number")), persons/4)
	for _, d := range []delivery{
		{id: 1, supplier: "uwv", name: "a", drawn: "2026-06-15", mode: "full", covers: "2026-05-31", records: []string{"uwv_employment", "uwv_work_permit"}},
		{id: 2, supplier: "uwv", name: "b", drawn: "2026-06-20", mode: "mutation", covers: "2026-06-30", records: []string{"uwv_employment"}},
		{id: 3, supplier: "municipality", name: "a", drawn: "2026-06-15", mode: "full", codes: []string{"0363"}, records: []string{"municipality_residence", "municipality_bijstand"}},
		{id: 4, supplier: "coa", name: "a", drawn: "2026-06-15", mode: "full", records: []string{"coa_permit", "coa_stay", "coa_participation"}},
		{id: 5, supplier: "duo", name: "a", drawn: "2026-06-15", mode: "full", records: []string{"duo_exam", "duo_obligation", "duo_mbo"}},
		{id: 6, supplier: "idw", name: "a", drawn: "2026-06-15", mode: "full", records: []string{"idw_valuation"}},
	} {
		e.accept(b, d)
	}
	b.Logf("filled in %s", time.Since(began))
}
