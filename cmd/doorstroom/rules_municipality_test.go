package main

import (
	"bytes"

	"golang.org/x/text/encoding/charmap"
)

// municipalityRules are those of CSV, of inexact dates and of gemeentecode.
func municipalityRules() []ruleSet {
	residence := fields{"gemeentecode": "0363", "vestigingsdatum": "01-03-2020"}
	// Columns in another order and case than the contract's, one of them unknown.
	residenceColumns := []string{"Vestigingsdatum", "PSEUDONIEM_V", "recordnummer", "bsn_controle", "gemeentecode", "vertrekdatum", "Vertrekreden", "pseudoniem_b", "inschrijfdatum_brp"}
	bijstand := fields{"gemeentecode": "0363", "regeling": "PW", "ingangsdatum": "20200301", "rol": "aanvrager"}
	return []ruleSet{
		{supplier: "municipality", name: "lines", record: "municipality_residence", format: "csv", codes: []string{"0363"}, base: residence, columns: residenceColumns,
			rows: csvRows, content: func(text []byte) []byte { return append([]byte("\xef\xbb\xbf"), text...) }},
		{supplier: "municipality", name: "newlines", record: "municipality_residence", format: "csv", codes: []string{"0363"}, base: residence, columns: residenceColumns,
			rows: []ruleRow{
				{"LF alone ends a line", nil, ""},
				{"a lone CR does not: it is part of the number", fields{"recordnummer": "SENTINEL-1\rx"}, "record_id bad_id"},
				{"the last line has no end", nil, ""},
			},
			content: func(text []byte) []byte {
				return bytes.TrimSuffix(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")), []byte("\n"))
			}},
		{supplier: "municipality", name: "windows", record: "municipality_residence", format: "csv", codes: []string{"0363"}, base: residence, columns: residenceColumns,
			rows: windowsRows, content: toWindows1252},
		{supplier: "municipality", name: "dates", record: "municipality_residence", format: "csv.gz", codes: []string{"0363"}, base: residence, columns: residenceColumns,
			rows: inexactRows, content: gzip1},
		{supplier: "municipality", name: "codes", record: "municipality_residence", format: "csv", codes: []string{"0363", "0370"}, base: residence, columns: residenceColumns,
			rows: []ruleRow{
				{"one of the manifest's", nil, ""},
				{"the other, an old one", fields{"gemeentecode": "0370"}, ""},
				{"a code that the manifest does not name", fields{"gemeentecode": "0344"}, "municipality_code municipality_not_in_manifest"},
				{"no code at all: the first rule that fits", fields{"gemeentecode": "9999"}, "municipality_code code_not_in_list"},
				{"absent", fields{"gemeentecode": ""}, "municipality_code missing"},
			}},
		{supplier: "municipality", name: "bijstand", record: "municipality_bijstand", format: "csv", codes: []string{"0363"}, base: bijstand,
			columns: []string{"recordnummer", "pseudoniem_v", "pseudoniem_b", "gemeentecode", "regeling", "ingangsdatum", "einddatum", "datum_toekenning", "leefvorm", "reden_instroom", "reden_uitstroom", "rol"},
			rows:    bijstandRows},
		{supplier: "municipality", name: "inburgering", record: "municipality_inburgering", format: "csv", codes: []string{"0363"}, base: fields{"gemeentecode": "0363"},
			columns: []string{"recordnummer", "pseudoniem_v", "gemeentecode", "start_brede_intake", "einde_brede_intake", "dagtekening_pip", "leerroute", "eindgesprek_map", "ondertekening_pvt"},
			rows:    inburgeringRows},
		{supplier: "municipality", name: "provision", record: "municipality_provision", format: "csv", codes: []string{"0363"},
			base:    fields{"gemeentecode": "0363", "voorziening": "jobcoach", "startbaan": "N", "begindatum": "2021-01-01"},
			columns: []string{"recordnummer", "pseudoniem_v", "gemeentecode", "voorziening", "startbaan", "begindatum", "einddatum", "uren_per_week", "sector"},
			rows:    provisionRows},
		{supplier: "municipality", name: "deleted", record: "municipality_residence", format: "csv", mode: "mutation", codes: []string{"0363"}, base: residence,
			columns: append([]string{"mutatie"}, residenceColumns...), rows: []ruleRow{
				{"added", nil, ""},
				{"changed", fields{"mutatie": "W"}, ""},
				{"no operation", fields{"mutatie": " "}, "operation missing"},
				{"another one", fields{"mutatie": "D"}, "operation bad_operation"},
				{"deleted; the code may be left out with one code in the manifest", fields{"mutatie": "V", "gemeentecode": "", "vestigingsdatum": "", "pseudoniem_v": ""}, ""},
				{"what else stands there is not read", fields{"mutatie": "V", "vestigingsdatum": "sentinel", "pseudoniem_v": "sentinel", "vertrekreden": "sentinel"}, ""},
				{"the code is checked where it is given", fields{"mutatie": "V", "gemeentecode": "0344"}, "municipality_code municipality_not_in_manifest"},
				{"the code is checked where it is given", fields{"mutatie": "V", "gemeentecode": "9999"}, "municipality_code code_not_in_list"},
				{"the number is checked", fields{"mutatie": "V", "recordnummer": "sentinel 1"}, "record_id bad_id"},
			}},
		{supplier: "municipality", name: "deletedtwo", record: "municipality_residence", format: "csv", mode: "mutation", codes: []string{"0363", "0344"}, base: residence,
			columns: append([]string{"mutatie"}, residenceColumns...), rows: []ruleRow{
				{"with two codes in the manifest it is needed", fields{"mutatie": "V", "gemeentecode": ""}, "municipality_code missing"},
				{"and is there", fields{"mutatie": "V", "gemeentecode": "0344"}, ""},
			}},
	}
}

// toWindows1252 turns text into Windows-1252; U+0081 stands for the byte 0x81, which that does not have.
func toWindows1252(text []byte) []byte {
	var out []byte
	for _, r := range string(text) {
		b, ok := charmap.Windows1252.EncodeRune(r)
		if !ok || r == 0x81 {
			b = byte(r)
		}
		out = append(out, b)
	}
	return out
}

var csvRows = []ruleRow{
	{"behind a BOM", nil, ""},
	{"a field too many", fields{"": "01-03-2020;" + pseudonym('v', 1) + ";SENTINEL-1;x;0363;;;;;"}, " wrong_field_count"},
	{"a field too few", fields{"": "01-03-2020;" + pseudonym('v', 1) + ";SENTINEL-1;x;0363;;;"}, " wrong_field_count"},
	{"one field", fields{"": "sentinel"}, " wrong_field_count"},
	{"a blank line is not a record", fields{"": ""}, noRecord},
	{"nor is one of blanks", fields{"": " \t "}, noRecord},
	{"separators alone are one", fields{"": ";;;;;;;;"}, "record_id missing, municipality_code missing, settled_on missing, pseudonym_v no_pseudonym"},
	{"blanks around values", fields{"gemeentecode": " 0363\t", "vestigingsdatum": "\t01-03-2020 "}, ""},
	{"blanks inside quotes too", fields{"gemeentecode": `" 0363 "`, "vestigingsdatum": `"01-03-2020	"`}, ""},
	{"a no-break space is not a blank", fields{"gemeentecode": "0363\u00a0"}, "municipality_code code_not_in_list"},
	{"quotes around all", fields{"gemeentecode": `"0363"`, "vestigingsdatum": `"01-03-2020"`, "bsn_controle": `"sentinel;""x"""`}, ""},
	{"a line end inside quotes is part of the value", fields{"bsn_controle": "\"sentinel\r\nsentinel\""}, ""},
	{"and keeps the count right", fields{"vestigingsdatum": ""}, "settled_on missing"},
	{"NUL in a known column", fields{"inschrijfdatum_brp": "01-03-2020\x00"}, " bad_encoding"},
	{"NUL in an unknown one", fields{"bsn_controle": "x\x00"}, ""},
	{"U+0081 in UTF-8, in an unknown column", fields{"bsn_controle": "\u0081"}, ""},
}

var windowsRows = []ruleRow{
	{"the euro sign and an e with an accent", fields{"bsn_controle": "€ é"}, ""},
	{"a byte that Windows-1252 does not have", fields{"inschrijfdatum_brp": "01-03-2020\u0081"}, " bad_encoding"},
	{"and another field that is wrong: no other entry", fields{"inschrijfdatum_brp": "\u0081", "gemeentecode": "9999"}, " bad_encoding"},
	{"a letter outside ASCII in a code", fields{"gemeentecode": "036é"}, "municipality_code code_not_in_list"},
}

var inexactRows = []ruleRow{
	{"dd-mm-jjjj", fields{"vestigingsdatum": "29-02-2020"}, ""},
	{"jjjjmmdd", fields{"vestigingsdatum": "20200229"}, ""},
	{"jjjj-mm-dd", fields{"vestigingsdatum": "2020-02-29"}, ""},
	{"unknown month and day", fields{"vestigingsdatum": "20140000"}, ""},
	{"unknown day", fields{"vestigingsdatum": "20140500"}, ""},
	{"all unknown and required", fields{"vestigingsdatum": "00000000"}, "settled_on missing"},
	{"all unknown and optional", fields{"inschrijfdatum_brp": "00000000"}, ""},
	{"unknown month, known day", fields{"vestigingsdatum": "20140015"}, "settled_on not_a_date"},
	{"month 13, unknown day", fields{"vestigingsdatum": "20141300"}, "settled_on not_a_date"},
	{"unknown in another notation", fields{"vestigingsdatum": "00-00-2014"}, "settled_on not_a_date"},
	{"unknown in another notation", fields{"vestigingsdatum": "2014-00-00"}, "settled_on not_a_date"},
	{"31 February", fields{"vestigingsdatum": "31-02-2020"}, "settled_on not_a_date"},
	{"the same, without dashes", fields{"vestigingsdatum": "20200231"}, "settled_on not_a_date"},
	{"slashes", fields{"vestigingsdatum": "01/03/2020"}, "settled_on not_a_date"},
	{"American", fields{"vestigingsdatum": "03-31-2020"}, "settled_on not_a_date"},
	{"two digits of a year", fields{"vestigingsdatum": "01-03-20"}, "settled_on not_a_date"},
	{"seven digits", fields{"vestigingsdatum": "2020031"}, "settled_on not_a_date"},
	{"the year before the range", fields{"vestigingsdatum": "19690000"}, "settled_on date_out_of_range"},
	{"its first year", fields{"vestigingsdatum": "19700000"}, ""},
	{"its last year", fields{"vestigingsdatum": "21000000"}, ""},
	{"the year after it", fields{"vestigingsdatum": "21010100"}, "settled_on date_out_of_range"},
	{"left before settled", fields{"vertrekdatum": "29-02-2020", "vertrekreden": "verhuisd"}, "left_on end_before_start"},
	{"left on the same day", fields{"vertrekdatum": "20200301", "vertrekreden": "overleden"}, ""},
	{"a month read as its first day, on that day", fields{"vertrekdatum": "20200300", "vertrekreden": "geemigreerd"}, ""},
	{"a year read as its first day, before it", fields{"vertrekdatum": "20200000", "vertrekreden": "verhuisd"}, "left_on end_before_start"},
	{"left without a reason", fields{"vertrekdatum": "2021-01-01"}, "left_reason missing"},
	{"left at an unknown day is not left", fields{"vertrekdatum": "00000000"}, ""},
	{"a reason without its date is odd but valid", fields{"vertrekreden": "verhuisd"}, ""},
	{"a reason outside the list", fields{"vertrekdatum": "2021-01-01", "vertrekreden": "Verhuisd"}, "left_reason code_not_in_list"},
	{"registered before settled is compared by nobody", fields{"inschrijfdatum_brp": "01-01-2019"}, ""},
}

var bijstandRows = []ruleRow{
	{"nothing wrong", nil, ""},
	{"another regulation", fields{"regeling": "BBZ"}, ""},
	{"none", fields{"regeling": ""}, "regulation missing"},
	{"none of the list", fields{"regeling": "pw"}, "regulation code_not_in_list"},
	{"partner", fields{"rol": "partner"}, ""},
	{"no role", fields{"rol": ""}, "role missing"},
	{"granted before the start is compared by nobody", fields{"datum_toekenning": "20200101"}, ""},
	{"ended before the start", fields{"einddatum": "20200229"}, "end end_before_start"},
	{"ended on the start", fields{"einddatum": "01-03-2020"}, ""},
	{"reason 01", fields{"reden_instroom": "01", "reden_uitstroom": "99"}, ""},
	{"reason 43", fields{"reden_instroom": "43"}, ""},
	{"reason 00", fields{"reden_instroom": "00"}, "reason_in code_not_in_list"},
	{"reason 100", fields{"reden_instroom": "100"}, "reason_in code_not_in_list"},
	{"one digit", fields{"reden_uitstroom": "1"}, "reason_out code_not_in_list"},
	{"household", fields{"leefvorm": "inrichting"}, ""},
	{"no household", fields{"leefvorm": "samen"}, "household_form code_not_in_list"},
}

var inburgeringRows = []ruleRow{
	{"nothing but the key", nil, ""},
	{"intake done before it started is compared by nobody", fields{"start_brede_intake": "02-01-2022", "einde_brede_intake": "01-01-2022"}, ""},
	{"a PIP without a route", fields{"dagtekening_pip": "01-02-2022"}, "leerroute missing"},
	{"a PIP with one", fields{"dagtekening_pip": "01-02-2022", "leerroute": "B1"}, ""},
	{"a PIP of an unknown day needs none", fields{"dagtekening_pip": "00000000"}, ""},
	{"a route without a PIP is odd but valid", fields{"leerroute": "Z"}, ""},
	{"a route outside the list", fields{"leerroute": "A2"}, "leerroute code_not_in_list"},
	{"dates that are none", fields{"eindgesprek_map": "sentinel", "ondertekening_pvt": "32-01-2022"}, "map_done_on not_a_date, pvt_signed_on not_a_date"},
}

var provisionRows = []ruleRow{
	{"nothing wrong", nil, ""},
	{"0 hours", fields{"uren_per_week": "0"}, ""},
	{"60 hours", fields{"uren_per_week": "60,00"}, ""},
	{"above", fields{"uren_per_week": "60,1"}, "hours_per_week out_of_range"},
	{"below", fields{"uren_per_week": "-1"}, "hours_per_week out_of_range"},
	{"a comma", fields{"uren_per_week": "12,5"}, ""},
	{"a point", fields{"uren_per_week": "12.5"}, ""},
	{"three decimals", fields{"uren_per_week": "12,125"}, "hours_per_week not_a_number"},
	{"a thousand", fields{"uren_per_week": "1.234,5"}, "hours_per_week not_a_number"},
	{"letters", fields{"uren_per_week": "12u"}, "hours_per_week not_a_number"},
	{"no startbaan", fields{"startbaan": ""}, "startbaan missing"},
	{"a startbaan", fields{"startbaan": "J"}, ""},
	{"perhaps", fields{"startbaan": "?"}, "startbaan code_not_in_list"},
	{"no kind", fields{"voorziening": ""}, "kind missing"},
	{"another kind", fields{"voorziening": "startbaan_begeleiding"}, ""},
	{"a kind outside the list", fields{"voorziening": "startbaan-begeleiding"}, "kind code_not_in_list"},
	{"a sector", fields{"sector": "69"}, ""},
	{"a number that is not a sector", fields{"sector": "36"}, "sector_code code_not_in_list"},
	{"one digit", fields{"sector": "1"}, "sector_code code_not_in_list"},
	{"ended before the start", fields{"einddatum": "31-12-2020"}, "end end_before_start"},
}
