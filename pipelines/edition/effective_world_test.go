package edition_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"doorstroom/pipelines/edition"
	"doorstroom/schemas"
)

// effectiveCase shows one rule about effective records. Its rows are lines
//
//	supplier/delivery record record_id name=value ...
//
// with @file.row after the delivery where the place matters, V before the
// record for a row of operation V, and "again" at the end for a row that is
// written twice. The pseudonyms v and b are words of at most 16 characters that
// no other case uses. want are the facts of these words, see (*world).facts.
type effectiveCase struct {
	name string
	rows []string
	want []string
}

// rawRow is a row of a raw table; values have a place in it for every column that is given.
type rawRow struct {
	table  string
	values map[string]string
	again  bool
}

// usual are the values of the columns that facts are made of and a case does not tell.
var usual = map[string]map[string]string{
	"coa_stay":               {"location": "x", "municipality_code": "0014", "start": "2024-01-01"},
	"coa_permit":             {"title_code": "26", "start": "2024-01-15", "nationality_code": "0336", "birth_year": "1990", "sex": "M", "route": "zelf"},
	"coa_participation":      {"kind": "nt2", "start": "2024-01-01"},
	"coa_placement":          {"municipality_code": "0014", "coupled_on": "2024-01-01"},
	"municipality_residence": {"settled_on": "2024-01-01"},
	"municipality_bijstand":  {"regulation": "PW", "start": "2024-01-01", "role": "aanvrager"},
	"uwv_employment":         {"employer_pseudonym": "employer", "srt_iv": "15", "cd_aard": "01", "hours_paid": "31"},
	"duo_exam":               {"taken_on": "2024-01-01", "part": "KNM", "result": "geslaagd"},
	"idw_valuation":          {"requested_on": "2024-01-01"},
	"uwv_work_permit":        {"requested_on": "2024-01-01", "occupation": "x", "sector_code": "33"},
}

// world is a warehouse with deliveries and the rows of all cases.
type world struct {
	*engine
	loads map[string]uint64 // by supplier/delivery
	words map[string]string // of a pseudonym as person_id has it
	next  uint64            // number of a row whose place does not matter
}

// newWorld is a warehouse with accepted deliveries.
func newWorld(t *testing.T, deliveries []delivery) *world {
	t.Helper()
	w := &world{engine: startEngine(t, 1<<30), words: make(map[string]string), loads: make(map[string]uint64)}
	for _, d := range deliveries {
		w.loads[d.supplier+"/"+d.name] = d.id
		w.accept(t, d)
	}
	return w
}

// parse reads the line of a row.
func (w *world) parse(t *testing.T, line string) rawRow {
	t.Helper()
	words := strings.Fields(line)
	file, number := "0", fmt.Sprint(1000+w.next)
	w.next++
	load, known := w.loads[words[0]]
	if !known {
		t.Fatalf("%s: no such delivery", line)
	}
	words = words[1:]
	if place, ok := strings.CutPrefix(words[0], "@"); ok {
		file, number, _ = strings.Cut(place, ".")
		words = words[1:]
	}
	r := rawRow{values: make(map[string]string)}
	deleted := words[0] == "V"
	if deleted {
		words = words[1:]
	}
	r.table = words[0]
	if deleted {
		r.values["operation"] = "V"
	} else {
		maps.Copy(r.values, usual[r.table])
	}
	r.values["load_id"], r.values["file_no"], r.values["row_no"] = fmt.Sprint(load), file, number
	r.values["record_id"] = words[1]
	for _, word := range words[2:] {
		w.set(&r, word)
	}
	return r
}

// set takes one word of a line after the record_id.
func (w *world) set(r *rawRow, word string) {
	name, value, _ := strings.Cut(word, "=")
	switch name {
	case "again":
		r.again = true
	case "v", "b":
		r.values["pseudonym_"+name] = value
		w.words[name+pseudonymOf(value)] = name + ":" + value
	case "month": // a wage period, whose income relation starts with it
		month, _ := schemas.ParseISO(value + "-01")
		r.values["period_start"], r.values["ikv_start"] = month.String(), month.String()
		r.values["period_end"] = month.Month().Last().String()
	case "in":
		r.values["municipality_code"] = value
	default:
		r.values[name] = value
	}
}

// pseudonymOf is the 26 characters of a word as ClickHouse pads it.
func pseudonymOf(word string) string {
	p := schemas.Pseudonym{Valid: true}
	copy(p.Key[:], word)
	return p.Text()
}

// insert writes rows, those of one table with the same columns at once.
func (w *world) insert(t *testing.T, rows []rawRow) {
	t.Helper()
	statements := make(map[string][]string)
	for _, r := range rows {
		columns := slices.Sorted(maps.Keys(r.values))
		values := make([]string, len(columns))
		for i, c := range columns {
			values[i] = "'" + r.values[c] + "'"
		}
		into := fmt.Sprintf("INSERT INTO raw.%s (`%s`) VALUES ", r.table, strings.Join(columns, "`, `"))
		statements[into] = append(statements[into], "("+strings.Join(values, ", ")+")")
	}
	for into, values := range statements {
		w.exec(t, into+strings.Join(values, ", "))
	}
}

// build makes an edition and gives its result and the facts of every word, in order.
func (w *world) build(t *testing.T, cutOff string) (edition.Result, map[string][]string) {
	t.Helper()
	day, _ := schemas.ParseISO(cutOff)
	result, err := w.facts.Build(t.Context(), day, edition.Options{})
	must(t, err)
	return result, w.read(t, cutOff)
}

// read gives, by word, the lines
//
//	word linkage                    its person, if the word is the person_id
//	word kind record_id date        a milestone that was read from a record
//	word works month hours          a month of work with its weekly hours
//	word conflict set suppliers     a conflict that the word is in
func (w *world) read(t *testing.T, edition string) map[string][]string {
	t.Helper()
	rows, err := w.db.Query(t.Context(), `
		SELECT toString(person_id) AS who, toString(linkage) AS line FROM facts.person WHERE edition = toDate(?)
		UNION ALL SELECT toString(person_id), concat(kind, ' ', record_id, ' ', toString(date)) FROM facts.milestone WHERE edition = toDate(?) AND record != ''
		UNION ALL SELECT toString(person_id), concat('works ', formatDateTime(month, '%Y-%m'), ' ', toString(hours_week))
			FROM facts.month_status WHERE edition = toDate(?) AND working
		UNION ALL SELECT toString(pseudonym), concat('conflict ', toString(conflict_id), ' ', arrayStringConcat(suppliers, ','))
			FROM facts.link_conflict WHERE edition = toDate(?)`, edition, edition, edition, edition)
	must(t, err)
	defer rows.Close()
	found := make(map[string][]string)
	for rows.Next() {
		var who, line string
		must(t, rows.Scan(&who, &line))
		for id, word := range w.words {
			line = strings.ReplaceAll(line, id, word)
		}
		found[w.words[who]] = append(found[w.words[who]], w.words[who]+" "+line)
	}
	must(t, rows.Err())
	return found
}
