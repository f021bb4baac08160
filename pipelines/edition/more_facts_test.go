package edition_test

import (
	"slices"
	"testing"

	"doorstroom/pipelines/edition"
	"doorstroom/schemas"
)

// TestMoreFactsLeaveTheContractsTables makes one edition under definitions 2 and under 3: the contract's tables have the
// same bytes, and those beside them rows under 3 alone, with what was delivered in every column.
func TestMoreFactsLeaveTheContractsTables(t *testing.T) {
	e := startEngine(t, 1<<30)
	fillMore(t, e)
	content := map[string][]edition.Content{}
	for _, version := range []string{"2", "3"} {
		result, err := e.facts.Build(t.Context(), day("2026-06-30"), edition.Options{Definitions: version})
		must(t, err)
		if result.Outcome != edition.Built {
			t.Fatalf("under definitions %s the outcome is %d", version, result.Outcome)
		}
		content[version] = e.content(t)
	}
	for i, table := range schemas.FactTables {
		second, third := content["2"][i], content["3"][i]
		if third.Definitions != "3" {
			t.Errorf("%s was made under definitions %s", table.Name, third.Definitions)
		}
		third.Definitions = second.Definitions
		ofContract := slices.ContainsFunc(schemas.ContractTables, func(c schemas.FactTable) bool { return c.Name == table.Name })
		if ofContract && second != third {
			t.Errorf("under definitions 3 %s is %v, under 2 %v", table.Name, third, second)
		}
		if !ofContract && (second.Rows != 0 || third.Rows == 0) {
			t.Errorf("%s has %d rows under definitions 2 and %d under 3", table.Name, second.Rows, third.Rows)
		}
	}
	for table, want := range map[string]string{
		"participation": "('p1','volunteering','2024-02-01','2024-03-31',8.5,'0014','AM01') ('p2','nt2','2024-02-01',NULL,NULL,'0014','AM01')",
		"work_permit": "('t1','2024-02-10','2024-02-20','granted','33','2024-03-01','2024-08-31',true,'0014','AM01') " +
			"('t2','2025-02-10',NULL,'','',NULL,NULL,false,'','')",
		"mbo":                 "('m1','certificate',2,'2024-02-01','2024-05-31','obtained','0014','AM01') ('m2','bbl',NULL,'2025-02-01',NULL,'','','')",
		"valuation":           "('w1','2024-02-10','2024-04-01','diplomawaardering',6,'0014','AM01') ('w2','2025-02-10',NULL,'',NULL,'','')",
		"contract_conversion": "(1,'2024-01-01','temporary',true,true,true,true)",
	} {
		columns := "tuple(* EXCEPT (edition, person_id))"
		if table == "contract_conversion" {
			columns = "tuple(* EXCEPT (edition, person_id, employer))"
		}
		if got := e.text(t, "SELECT arrayStringConcat(arraySort(groupArray(toString("+columns+"))), ' ') FROM facts."+table); got != want {
			t.Errorf("%s has\n%s, want\n%s", table, got, want)
		}
	}
	if n := e.number(t, "SELECT count() FROM facts.contract_conversion INNER JOIN facts.job USING (edition, person_id, employer, job)"); n != 1 {
		t.Errorf("%d conversions are of a job, want 1", n)
	}
}

// fillMore delivers somebody with two records of each kind, and a job that became permanent after three months.
func fillMore(t *testing.T, e *engine) {
	t.Helper()
	e.accept(t, delivery{id: 1, supplier: "uwv", name: "w", drawn: "2026-06-10", covers: "2026-05-31", mode: "full", records: []string{"uwv_employment", "uwv_work_permit"}})
	e.accept(t, delivery{id: 2, supplier: "coa", name: "c", drawn: "2026-06-10", mode: "full", records: []string{"coa_stay", "coa_participation"}})
	e.accept(t, delivery{id: 3, supplier: "duo", name: "d", drawn: "2026-06-10", mode: "full", records: []string{"duo_mbo"}})
	e.accept(t, delivery{id: 4, supplier: "idw", name: "i", drawn: "2026-06-10", mode: "full", records: []string{"idw_valuation"}})
	for _, rows := range []string{
		"coa_stay (load_id, file_no, row_no, record_id, pseudonym_b, location, municipality_code, start, end) VALUES (2, 0, 1, 's1', 'anna', 'x', '0014', '2024-01-01', '2024-12-31')",
		`coa_participation (load_id, file_no, row_no, record_id, pseudonym_b, kind, start, end, hours_per_week) VALUES
			(2, 1, 1, 'p1', 'anna', 'vrijwilligerswerk', '2024-02-01', '2024-03-31', 8.5), (2, 1, 2, 'p2', 'anna', 'nt2', '2024-02-01', NULL, NULL)`,
		`uwv_work_permit (load_id, file_no, row_no, record_id, pseudonym_b, requested_on, decided_on, decision, sector_code, valid_from, valid_to) VALUES
			(1, 1, 1, 't1', 'anna', '2024-02-10', '2024-02-20', 'verleend', '33', '2024-03-01', '2024-08-31'), (1, 1, 2, 't2', 'anna', '2025-02-10', NULL, '', '', NULL, NULL)`,
		`duo_mbo (load_id, file_no, row_no, record_id, pseudonym_b, kind, level, start, end, result) VALUES
			(3, 0, 1, 'm1', 'anna', 'certificaat', 2, '2024-02-01', '2024-05-31', 'behaald'), (3, 0, 2, 'm2', 'anna', 'bbl', NULL, '2025-02-01', NULL, '')`,
		`idw_valuation (load_id, file_no, row_no, record_id, pseudonym_b, requested_on, decided_on, kind, nlqf_level) VALUES
			(4, 0, 1, 'w1', 'anna', '2024-02-10', '2024-04-01', 'diplomawaardering', 6), (4, 0, 2, 'w2', 'anna', '2025-02-10', NULL, '', NULL)`,
		`uwv_employment (load_id, file_no, row_no, record_id, pseudonym_b, ikv_id, employer_pseudonym, period_start, period_end, ikv_start, srt_iv, cd_aard,
			ind_permanent, ind_written, ind_on_call, hours_paid, wage_sv, sector_code)
			SELECT 1, 0, number, concat('u', toString(number)), 'anna', 'i', 'employer', toDate('2024-01-01') + INTERVAL number MONTH,
				toLastDayOfMonth(toDate('2024-01-01') + INTERVAL number MONTH), '2024-01-01', '15', '01', if(number < 3, 'N', 'J'), 'J', 'N', 100, 100000, '33' FROM numbers(6)`,
	} {
		e.exec(t, "INSERT INTO raw."+rows)
	}
}
