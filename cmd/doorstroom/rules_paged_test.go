package main

// pagedRules are those of pages, of DUO and IDW.
func pagedRules() []ruleSet {
	obligation := fields{"wet": `"Wi2021"`, "begindatum": `"2022-01-01"`, "doelgroep": `"asielstatushouder"`}
	exam := fields{"examendatum": `"2023-05-01"`, "onderdeel": `"KNM"`, "resultaat": `"geslaagd"`}
	mbo := fields{"soort": `"bbl"`, "begindatum": `"2023-09-01"`}
	return []ruleSet{
		{supplier: "duo", name: "obligations", record: "duo_obligation", format: "json", base: obligation, rows: obligationRows},
		{supplier: "duo", name: "exams", record: "duo_exam", format: "json", base: exam, rows: examRows},
		{supplier: "duo", name: "mbo", record: "duo_mbo", format: "json", mode: "mutation", base: mbo, rows: mboRows},
		{supplier: "idw", name: "valuations", record: "idw_valuation", format: "json", base: fields{"datum_aanvraag": `"2023-01-01"`}, rows: valuationRows},
	}
}

var obligationRows = []ruleRow{
	{"nothing wrong", nil, ""},
	{"an item that is a number", fields{"": `12`}, " bad_json"},
	{"an item that is null", fields{"": `null`}, " bad_json"},
	{"an item that is a list", fields{"": `["sentinel"]`}, " bad_json"},
	{"a key twice", fields{"": `{"recordnummer":"SENTINEL-1","recordnummer":"SENTINEL-1","pseudoniem_v":"sentinelvaaaaaaaaaaaaaaaaa","wet":"Wi2021","begindatum":"2022-01-01","doelgroep":"overig"}`}, " bad_json"},
	{"an unknown key twice", fields{"": `{"recordnummer":"SENTINEL-1","pseudoniem_v":"sentinelvaaaaaaaaaaaaaaaaa","wet":"Wi2021","begindatum":"2022-01-01","doelgroep":"overig","x":1,"x":1}`}, " bad_json"},
	{"half a surrogate pair", fields{"wet": `"\ud83d"`}, " bad_encoding"},
	{"NUL in a known column", fields{"wet": `"Wi2021\u0000"`}, " bad_encoding"},
	{"an unknown key that looks like a page", fields{"items": `[{"total":3}]`, "total": `"x"`}, ""},
	{"a term that ends before it starts is compared by nobody", fields{"startdatum_termijn": `"2023-01-01"`, "einddatum_termijn": `"2022-01-01"`}, ""},
	{"ended before the start", fields{"einddatum": `"2021-12-31"`}, "end end_before_start"},
	{"ended on the start", fields{"einddatum": `"2022-01-01"`}, ""},
	{"a law outside the list", fields{"wet": `"WI2021"`}, "law code_not_in_list"},
	{"no law, no group", fields{"wet": "", "doelgroep": `null`}, "law missing, target_group missing"},
	{"an exemption", fields{"vrijstelling": `"DIP"`}, ""},
	{"none", fields{"vrijstelling": `"XYZ"`}, "exemption code_not_in_list"},
	{"a dispensation that is an exemption", fields{"ontheffing": `"DIP"`}, "dispensation code_not_in_list"},
	{"fulfilled on no day", fields{"voldaan_op": `"2023-06-31"`}, "fulfilled_on not_a_date"},
}

var examRows = []ruleRow{
	{"KNM has no level", nil, ""},
	{"KNM with a level is odd but valid", fields{"niveau": `"B1"`}, ""},
	{"a level that is none", fields{"niveau": `"C1"`}, "level code_not_in_list"},
	{"LE without a level", fields{"onderdeel": `"LE"`}, "level missing"},
	{"SP without a level", fields{"onderdeel": `"SP"`, "niveau": `""`}, "level missing"},
	{"LU with one", fields{"onderdeel": `"LU"`, "niveau": `"A2"`}, ""},
	{"ONA without", fields{"onderdeel": `"ONA"`}, ""},
	{"MAP without", fields{"onderdeel": `"MAP"`}, ""},
	{"a part outside the list needs no level", fields{"onderdeel": `"XX"`}, "part code_not_in_list"},
	{"no result", fields{"resultaat": ""}, "result missing"},
	{"no result of the list", fields{"resultaat": `"passed"`}, "result code_not_in_list"},
	{"no day", fields{"examendatum": ""}, "taken_on missing"},
}

var mboRows = []ruleRow{
	{"no level", nil, ""},
	{"level 0", fields{"niveau": `0`}, "level out_of_range"},
	{"level 1", fields{"niveau": `1`}, ""},
	{"level 4", fields{"niveau": `4`}, ""},
	{"level 5", fields{"niveau": `5`}, "level out_of_range"},
	{"a point", fields{"niveau": `2.0`}, "level not_a_number"},
	{"an exponent", fields{"niveau": `2e0`}, "level not_a_number"},
	{"a text", fields{"niveau": `"2"`}, "level not_a_number"},
	{"no result of the list", fields{"resultaat": `"gezakt"`}, "result code_not_in_list"},
	{"ended before the start", fields{"einddatum": `"2023-08-31"`}, "end end_before_start"},
	{"deleted, nothing else is read", fields{"mutatie": `"V"`, "soort": "", "niveau": `"sentinel"`, "pseudoniem_v": ""}, ""},
	{"no operation", fields{"mutatie": ""}, "operation missing"},
}

var valuationRows = []ruleRow{
	{"requested only", nil, ""},
	{"decided without a kind", fields{"datum_besluit": `"2023-03-01"`}, "kind missing"},
	{"decided", fields{"datum_besluit": `"2023-03-01"`, "soort": `"diplomawaardering"`, "nlqf": `6`}, ""},
	{"decided before it was requested is compared by nobody", fields{"datum_besluit": `"2022-03-01"`, "soort": `"geen_waardering"`}, ""},
	{"a kind outside the list", fields{"soort": `"waardering"`}, "kind code_not_in_list"},
	{"level 0", fields{"nlqf": `0`}, "nlqf_level out_of_range"},
	{"level 1", fields{"nlqf": `1`}, ""},
	{"level 8", fields{"nlqf": `8`}, ""},
	{"level 9", fields{"nlqf": `9`}, "nlqf_level out_of_range"},
	{"a field of four digits", fields{"isced_veld": `"0613"`}, ""},
	{"of three", fields{"isced_veld": `"061"`}, "isced_field code_not_in_list"},
	{"of letters", fields{"isced_veld": `"06a3"`}, "isced_field code_not_in_list"},
	{"as a number", fields{"isced_veld": `613`}, "isced_field code_not_in_list"},
	{"a country", fields{"land": `"SY"`}, ""},
	{"small", fields{"land": `"sy"`}, "country_code code_not_in_list"},
	{"three letters", fields{"land": `"SYR"`}, "country_code code_not_in_list"},
	{"a digit", fields{"land": `"S1"`}, "country_code code_not_in_list"},
}
