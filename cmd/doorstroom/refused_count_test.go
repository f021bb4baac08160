package main

import "testing"

// countOffers are deliveries whose counts decide.
func countOffers() []offer {
	stay := func(id, want string, file dataFile) offer {
		return offer{want: want, landed: landed{supplier: "coa", id: id, files: []dataFile{file}}}
	}
	claims := func(rows int) dataFile {
		f := stayFile(kindRefused, 4000, 5)
		f.rows = rows
		return f
	}
	all := []offer{
		stay("rows-too-many", "row_count_mismatch", claims(4)),
		stay("rows-too-few", "row_count_mismatch", claims(6)),
		stay("rows-none", "row_count_mismatch", claims(0)),
	}
	return append(append(all, controlOffers()...), thresholdOffers()...)
}

// controlOffers sum the birth years of three records: 1990, one that is absent
// and quarantined, and 1899, which is out of range and quarantined: 3889.
func controlOffers() []offer {
	with := func(id, want, sum string) offer {
		kind := byte(kindRefused)
		if want == "" {
			kind = kindGood
		}
		var records []fields
		for i, year := range []string{"1990", "", "1899"} {
			records = append(records, fields{
				"recordnummer": `"` + recordID(i) + `"`, "pseudoniem_v": `"` + pseudonym(kind, 4100+i) + `"`, "verblijfstitel": `"26"`, "ingangsdatum": `"2024-01-01"`,
				"nationaliteit": `"0336"`, "geboortejaar": year, "geslacht": `"M"`, "instroom": `"zelf"`,
			})
		}
		file := dataFile{name: "permit.jsonl", record: "coa_permit", format: "jsonl", rows: 3, column: "geboortejaar", sum: sum, content: jsonLines(records)}
		return offer{want: want, landed: landed{supplier: "coa", id: id, files: []dataFile{file}}}
	}
	right, wrong := with("control-right", "", "3889"), with("control-wrong", "control_total_mismatch", "1990")
	right.counts = "3 1 2"
	return []offer{
		right, wrong,
		with("control-one-off", "control_total_mismatch", "3890"),
		with("control-negative", "control_total_mismatch", "-3889"),
		with("control-beyond-64-bits", "control_total_mismatch", "18446744073709555505"), // 3889 + 2^64
	}
}

// thresholdOffers stand on both sides of "more than 10 records and more than 2 % of them".
func thresholdOffers() []offer {
	with := func(id, want, counts string, files ...dataFile) offer {
		return offer{want: want, counts: counts, landed: landed{supplier: "coa", id: id, mode: "mutation", files: files}}
	}
	return []offer{
		with("too-many-bad", "quarantine_over_threshold", "549 0 11", mixed("a.jsonl", kindRefused, 549, 11)), // 2.004 %
		with("just-not-too-many", "", "550 539 11", mixed("a.jsonl", kindGood, 550, 11)),                      // 2 %
		with("ten-of-ten", "quarantine_over_threshold", "10 0 10", mixed("a.jsonl", kindRefused, 10, 10)),     // not more than 10, but all of them
		with("one-of-one", "quarantine_over_threshold", "1 0 1", mixed("a.jsonl", kindRefused, 1, 1)),         // likewise
		with("ten-of-eleven", "", "11 1 10", mixed("a.jsonl", kindGood, 11, 10)),                              // not more than 10
		with("one-record-all-bad", "quarantine_over_threshold", "13 0 3", mixed("a.jsonl", kindRefused, 10, 0), ofPlacement(mixed("b.jsonl", kindRefused, 3, 3))),
		with("eleven-of-eleven", "quarantine_over_threshold", "11 0 11", mixed("a.jsonl", kindRefused, 11, 11)),                                    // all of them
		with("over-two-files", "quarantine_over_threshold", "40 0 12", mixed("a.jsonl", kindRefused, 20, 6), mixed("b.jsonl", kindRefused, 20, 6)), // of one record
		with("over-two-records", "", "40 28 12", mixed("a.jsonl", kindGood, 20, 6), ofPlacement(mixed("b.jsonl", kindGood, 20, 6))),                // of two
	}
}

// mixed is a file of mutations of stays, the first of which have no start.
func mixed(name string, kind byte, rows, bad int) dataFile {
	records := stays(kind, 4200, rows)
	for i, r := range records {
		r["mutatie"], r["koppeldatum"] = `"T"`, `"2024-01-01"`
		if i < bad {
			r["begindatum"], r["koppeldatum"] = "", ""
		}
	}
	return dataFile{name: name, record: "coa_stay", format: "jsonl", rows: rows, content: jsonLines(records)}
}

// ofPlacement says that the same lines are placements.
func ofPlacement(f dataFile) dataFile {
	f.record = "coa_placement"
	return f
}

// shrinkOffers are full deliveries of one record each, one month after the
// other, that are smaller than the one before. Another day keeps them apart
// from all other offers.
func shrinkOffers() []offer {
	var all []offer
	add := func(id, drawnOn, want string, o landed) {
		o.id, o.drawnOn = id, drawnOn
		all = append(all, offer{landed: o, want: want})
	}
	stay := func(kind byte, n int) landed {
		return landed{supplier: "coa", files: []dataFile{stayFile(kind, 5000, n)}}
	}
	add("shrink-1", "2026-03-01", "", stay(kindGood, 1000))
	add("shrink-2-under-80", "2026-03-02", "implausible_shrink", stay(kindRefused, 799))
	add("shrink-3-is-80", "2026-03-03", "", stay(kindGood, 800))         // of shrink-1: shrink-2 was not accepted
	add("shrink-4-of-under-1000", "2026-03-04", "", stay(kindGood, 100)) // 800 are under 1,000
	add("shrink-5-none", "2026-03-05", "implausible_shrink", stay(kindRefused, 0))
	add("shrink-6-few", "2026-03-06", "", stay(kindGood, 99))
	add("shrink-7-none-of-99", "2026-03-07", "", stay(kindGood, 0))
	add("grown", "2026-03-08", "", stay(kindGood, 1000))
	add("held", "2026-03-09", "implausible_shrink", stay(kindHeld, 700)) // which a person will release

	town := func(codes []string, n int) landed {
		return landed{supplier: "municipality", codes: codes, files: []dataFile{residences(kindGood, 6000, n)}}
	}
	add("town-1", "2026-03-01", "", town([]string{"0363", "0344"}, 1000))
	add("town-2-of-other-codes", "2026-03-02", "", town([]string{"0363", "0370"}, 500))
	add("town-3-same-codes", "2026-03-03", "implausible_shrink", town([]string{"0344", "0363"}, 500))
	return all
}

// kindHeld marks persons of the delivery that is held and released.
const kindHeld = 'h'

// release lets a person accept what was held; nothing else can be released.
func release(t *testing.T, u *user) {
	u.run("release", "no-such-delivery", "--why", "test").exits(1).says("no-such-delivery")
	u.run("release", "coa/not-json", "--why", "test").exits(1).says("not-json")
	u.run("release", "coa/held", "--why", "COA confirmed it").exits(0)
	d := u.deliveries()["coa/held"]
	if len(d) != 1 || d[0].status != "accepted" || d[0].accepted != "700" || d[0].rowsInFiles != "700" {
		t.Errorf("after its release coa/held is %+v, want accepted with 700 rows", d)
	}
}
