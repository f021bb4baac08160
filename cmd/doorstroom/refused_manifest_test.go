package main

import (
	"strings"
)

// manifestOffers are deliveries that their manifest alone decides.
func manifestOffers() []offer {
	invalid := func(id string, change func(m map[string]any)) offer {
		return offer{landed: landed{supplier: "coa", id: id, files: []dataFile{stayFile(kindRefused, 1000, 2)}, change: change}, want: "manifest_invalid"}
	}
	set := func(id, key string, value any) offer {
		return invalid(id, func(m map[string]any) { m[key] = value })
	}
	file := func(id, key string, value any) offer {
		return invalid(id, func(m map[string]any) { listedFile(m, 0)[key] = value })
	}
	raw := func(id, text string) offer {
		return offer{landed: landed{supplier: "coa", id: id, files: []dataFile{stayFile(kindRefused, 1000, 2)}, raw: []byte(text)}, want: "manifest_invalid"}
	}
	all := []offer{
		{landed: landed{supplier: "coa", id: "a-good-one", files: []dataFile{stayFile(kindGood, 0, 3)}, change: func(m map[string]any) {
			m["covers_from"] = m["covers_to"] // one day is a period
		}}, counts: "3 3 0"},
		raw("not-json", "sentinel"),
		raw("empty-manifest", ""),
		raw("broken-off", `{"supplier":"coa"`),
		raw("an-array", `[]`),
		raw("two-objects", `{}{}`),
		invalid("no-drawn-on", func(m map[string]any) { delete(m, "drawn_on") }),
		set("unknown-key", "comment", "sentinel"),
		set("other-supplier", "supplier", "uwv"),
		set("unknown-supplier", "supplier", "svb"),
		set("other-id", "delivery_id", "something-else"),
		set("covers-backwards", "covers_from", "2026-01-01"),
		set("no-such-day", "drawn_on", "2026-02-30"),
		set("no-day", "drawn_on", "31-01-2026"),
		set("mode-delta", "mode", "delta"),
		set("version-one-part", "contract_version", "1"),
		set("key-version-zero", "key_version", 0),
		set("key-version-text", "key_version", "1"),
		set("no-files", "files", []any{}),
		set("codes-of-coa", "municipality_codes", []string{"0363"}),
		file("csv-of-coa", "format", "csv"),
		file("unknown-format", "format", "xlsx"),
		file("negative-bytes", "bytes", -1),
		file("half-a-row", "rows", 1.5),
		file("hash-in-capitals", "sha256", strings.Repeat("A", 64)),
		file("short-hash", "sha256", "ab"),
		file("unknown-file-key", "encoding", "UTF-8"),
		file("name-upwards", "name", "../a-good-one/stay.jsonl"),
		file("name-dots", "name", ".."),
		file("name-absolute", "name", "/etc/passwd"),
		file("name-in-a-folder", "name", "sub/stay.jsonl"),
		file("name-backslash", "name", `..\stay.jsonl`),
		file("name-hidden", "name", ".stay.jsonl"),
		file("name-empty", "name", ""),
		file("name-nul", "name", "stay\x00.jsonl"),
		file("name-too-long", "name", strings.Repeat("a", 101)),
		file("control-on-text", "control_total", map[string]any{"column": "locatie", "sum": "0"}),
		file("control-on-nothing", "control_total", map[string]any{"column": "sentinel", "sum": "0"}),
		file("control-no-number", "control_total", map[string]any{"column": "geboortejaar", "sum": "+5"}),
		{landed: landed{supplier: "coa", id: "two-files-one-name", files: []dataFile{stayFile(kindRefused, 1000, 2), stayFile(kindRefused, 1100, 2)}}, want: "manifest_invalid"},
		{landed: landed{supplier: "coa", id: "Capitals", files: []dataFile{stayFile(kindRefused, 1000, 2)}}, want: "manifest_invalid"},
		{landed: landed{supplier: "coa", id: strings.Repeat("a", 63), files: []dataFile{stayFile(kindGood, 900, 2)}}},
		{landed: landed{supplier: "coa", id: strings.Repeat("b", 64), files: []dataFile{stayFile(kindRefused, 1000, 2)}}, want: "manifest_invalid"},
	}
	all = append(all, controlNameOffers()...)
	all = append(all, municipalManifestOffers()...)
	return append(all, versionOffers()...)
}

// controlNameOffers name the column of a control total, which is Dutch.
func controlNameOffers() []offer {
	permits := func(kind byte, column, sum string) dataFile {
		return dataFile{name: "permit.jsonl", record: "coa_permit", format: "jsonl", rows: 1, column: column, sum: sum, content: jsonLines([]fields{{
			"recordnummer": `"SENTINEL-1"`, "pseudoniem_v": `"` + pseudonym(kind, 1200) + `"`, "verblijfstitel": `"26"`, "ingangsdatum": `"2024-01-01"`,
			"nationaliteit": `"0336"`, "geboortejaar": `1990`, "geslacht": `"M"`, "instroom": `"zelf"`,
		}})}
	}
	return []offer{
		{landed: landed{supplier: "coa", id: "control-in-dutch", files: []dataFile{permits(kindGood, "geboortejaar", "1990")}}},
		{landed: landed{supplier: "coa", id: "control-in-english", files: []dataFile{permits(kindRefused, "birth_year", "1990")}}, want: "manifest_invalid"},
		{landed: landed{supplier: "coa", id: "control-on-a-date", files: []dataFile{permits(kindRefused, "ingangsdatum", "1990")}}, want: "manifest_invalid"},
	}
}

func municipalManifestOffers() []offer {
	with := func(id string, codes []string, want string) offer {
		kind := byte(kindRefused)
		if want == "" {
			kind = kindGood
		}
		return offer{landed: landed{supplier: "municipality", id: id, codes: codes, files: []dataFile{residences(kind, 1300, 1)}}, want: want}
	}
	return []offer{
		with("good", []string{"0363"}, ""),
		with("no-codes", nil, "manifest_invalid"),
		with("empty-codes", []string{}, "manifest_invalid"),
		with("unknown-code", []string{"0363", "9999"}, "manifest_invalid"),
		with("three-digits", []string{"363"}, "manifest_invalid"),
		with("code-twice", []string{"0363", "0363"}, "manifest_invalid"),
	}
}

// residences is a file of good records of Amsterdam.
func residences(kind byte, from, n int) dataFile {
	columns := []string{"recordnummer", "pseudoniem_v", "gemeentecode", "vestigingsdatum"}
	var records []fields
	for i := range n {
		records = append(records, fields{"recordnummer": recordID(from + i), "pseudoniem_v": pseudonym(kind, from+i), "gemeentecode": "0363", "vestigingsdatum": "01-02-2024"})
	}
	return dataFile{name: "residence.csv", record: "municipality_residence", format: "csv", content: csvText(columns, records), rows: n}
}

// versionOffers are of other versions and records, alone and together, where the first reason counts.
func versionOffers() []offer {
	versions := func(id, want, contract string, key int, record string) offer {
		return offer{want: want, landed: landed{supplier: "coa", id: id, files: []dataFile{stayFile(kindRefused, 1400, 2)}, change: func(m map[string]any) {
			m["contract_version"], m["key_version"] = contract, key
			listedFile(m, 0)["record"] = record
		}}}
	}
	return []offer{
		versions("contract-11", "contract_version_unknown", "1.1", 1, "coa_stay"),
		versions("contract-20", "contract_version_unknown", "2.0", 1, "coa_stay"),
		versions("contract-zero", "contract_version_unknown", "01.0", 1, "coa_stay"),
		versions("key-two", "key_version_unknown", "1.0", 2, "coa_stay"),
		versions("contract-and-key", "contract_version_unknown", "1.1", 2, "coa_stay"),
		versions("no-record", "record_unknown", "1.0", 1, "coa_sentinel"),
		versions("record-of-uwv", "record_unknown", "1.0", 1, "uwv_employment"),
		versions("record-in-capitals", "record_unknown", "1.0", 1, "COA_STAY"),
		versions("key-and-record", "key_version_unknown", "1.0", 2, "coa_sentinel"),
	}
}
