package main

import "github.com/parquet-go/parquet-go"

// wageColumns are those of uwv_employment, with dates as DATE and hours as DECIMAL.
var wageColumns = []parquetColumn{
	{"recordnummer", "text"}, {"pseudoniem_v", "text"}, {"pseudoniem_b", "binary"}, {"ikv_nummer", "text"}, {"pseudoniem_werkgever", "text"},
	{"datum_begin_periode", "date"}, {"datum_eind_periode", "date"}, {"datum_begin_ikv", "date"}, {"datum_eind_ikv", "date"}, {"reden_einde", "text"},
	{"soort_inkomen", "text"}, {"aard_arbeidsverhouding", "text"}, {"onbepaalde_tijd", "text"}, {"schriftelijk", "binary"}, {"oproep", "text"},
	{"verloonde_uren", "int32"}, {"contracturen_per_week", "decimal"}, {"loon_sv", "int64"}, {"sector", "text"}, {"unknown", "int64"},
}

// permitColumns are those of uwv_work_permit, with dates as text.
var permitColumns = []parquetColumn{
	{"recordnummer", "text"}, {"pseudoniem_v", "text"}, {"mutatie", "text"}, {"datum_aanvraag", "text"}, {"datum_besluit", "text"}, {"besluit", "text"},
	{"functie", "text"}, {"sector", "text"}, {"geldig_van", "text"}, {"geldig_tot", "text"},
}

// wage is a record that breaks no rule.
func wage() fields {
	return fields{
		"ikv_nummer": "SENTINEL-ikv", "pseudoniem_werkgever": "sentinelwaaaaaaaaaaaaaaaaa",
		"datum_begin_periode": "2024-01-01", "datum_eind_periode": "2024-01-31", "datum_begin_ikv": "2023-06-01",
		"soort_inkomen": "15", "aard_arbeidsverhouding": "01", "verloonde_uren": "160", "loon_sv": "250000", "sector": "33",
	}
}

// retyped gives columns with other types.
func retyped(columns []parquetColumn, types map[string]string) []parquetColumn {
	out := make([]parquetColumn, len(columns))
	for i, c := range columns {
		out[i] = c
		if kind, ok := types[c.name]; ok {
			out[i].kind = kind
		}
	}
	return out
}

// uwvRules are those of Parquet, and of wages.
func uwvRules() []ruleSet {
	workPermit := fields{"datum_aanvraag": "2023-01-10"}
	return []ruleSet{
		{supplier: "uwv", name: "wages", record: "uwv_employment", format: "parquet", codec: &parquet.Zstd, types: wageColumns, base: wage(), rows: wageRows},
		{supplier: "uwv", name: "wagestext", record: "uwv_employment", format: "parquet", codec: &parquet.Lz4Raw, base: wage(), rows: wageTextRows,
			types: retyped(wageColumns, map[string]string{"datum_begin_periode": "text", "datum_eind_ikv": "binary", "contracturen_per_week": "double", "verloonde_uren": "int64", "loon_sv": "int32"})},
		{supplier: "uwv", name: "permits", record: "uwv_work_permit", format: "parquet", codec: &parquet.Brotli, types: permitColumns, base: workPermit, rows: workPermitRows},
		{supplier: "uwv", name: "permitsgzip", record: "uwv_work_permit", format: "parquet", mode: "mutation", codec: &parquet.Gzip, types: permitColumns, base: workPermit,
			rows: []ruleRow{
				{"added", nil, ""},
				{"no operation", fields{"mutatie": ""}, "operation missing"},
				{"another one", fields{"mutatie": "TW"}, "operation bad_operation"},
				{"deleted, nothing else is read", fields{"mutatie": "V", "pseudoniem_v": "", "datum_aanvraag": "sentinel"}, ""},
			}},
		{supplier: "uwv", name: "permitsplain", record: "uwv_work_permit", format: "parquet", codec: &parquet.Uncompressed, types: permitColumns, base: workPermit,
			rows: []ruleRow{{"nothing wrong", nil, ""}, {"no request", fields{"datum_aanvraag": ""}, "requested_on missing"}}},
	}
}

var wageRows = []ruleRow{
	{"nothing wrong", nil, ""},
	{"the period ends before it starts", fields{"datum_eind_periode": "2023-12-31"}, "period_end end_before_start"},
	{"a period of one day", fields{"datum_eind_periode": "2024-01-01"}, ""},
	{"a period of 36 days", fields{"datum_eind_periode": "2024-02-05"}, ""},
	{"a period of 37 days", fields{"datum_eind_periode": "2024-02-06"}, "period_end out_of_range"},
	{"the income relation ends before it starts", fields{"datum_eind_ikv": "2023-05-31"}, "ikv_end end_before_start"},
	{"on the same day", fields{"datum_eind_ikv": "2023-06-01"}, ""},
	{"the income relation starts after the period, compared by nobody", fields{"datum_begin_ikv": "2024-03-01"}, ""},
	{"the day before the range", fields{"datum_begin_ikv": "1969-12-31"}, "ikv_start date_out_of_range"},
	{"its first day", fields{"datum_begin_ikv": "1970-01-01"}, ""},
	{"the day after it", fields{"datum_eind_ikv": "2101-01-01"}, "ikv_end date_out_of_range"},
	{"its last day", fields{"datum_eind_ikv": "2100-12-31"}, ""},
	{"no period", fields{"datum_begin_periode": "", "datum_eind_periode": ""}, "period_start missing, period_end missing"},
	{"no kind of income", fields{"soort_inkomen": ""}, "srt_iv missing"},
	{"none of the list", fields{"soort_inkomen": "16"}, "srt_iv code_not_in_list"},
	{"bijstand needs no nature", fields{"soort_inkomen": "43", "aard_arbeidsverhouding": ""}, ""},
	{"18 needs none", fields{"soort_inkomen": "18", "aard_arbeidsverhouding": ""}, ""},
	{"11 needs one", fields{"soort_inkomen": "11", "aard_arbeidsverhouding": ""}, "cd_aard missing"},
	{"17 needs one", fields{"soort_inkomen": "17", "aard_arbeidsverhouding": ""}, "cd_aard missing"},
	{"a nature outside the list", fields{"aard_arbeidsverhouding": "05"}, "cd_aard code_not_in_list"},
	{"an end reason", fields{"reden_einde": "90"}, ""},
	{"none of the list", fields{"reden_einde": "02"}, "end_reason code_not_in_list"},
	{"flags", fields{"onbepaalde_tijd": "J", "schriftelijk": "J", "oproep": "N"}, ""},
	{"flags that are none", fields{"onbepaalde_tijd": "1", "schriftelijk": "j", "oproep": "ja"}, "ind_permanent code_not_in_list, ind_written code_not_in_list, ind_on_call code_not_in_list"},
	{"most hours", fields{"verloonde_uren": "9999"}, ""},
	{"one more", fields{"verloonde_uren": "10000"}, "hours_paid out_of_range"},
	{"least hours", fields{"verloonde_uren": "-9999"}, ""},
	{"one less", fields{"verloonde_uren": "-10000"}, "hours_paid out_of_range"},
	{"no hours", fields{"verloonde_uren": "0"}, ""},
	{"hours absent", fields{"verloonde_uren": ""}, "hours_paid missing"},
	{"contract hours 99", fields{"contracturen_per_week": "99"}, ""},
	{"above", fields{"contracturen_per_week": "99.01"}, "contract_hours_week out_of_range"},
	{"below", fields{"contracturen_per_week": "-0.01"}, "contract_hours_week out_of_range"},
	{"a negative wage", fields{"loon_sv": "-1"}, ""},
	{"the greatest wage", fields{"loon_sv": "9223372036854775807"}, ""},
	{"no wage", fields{"loon_sv": ""}, "wage_sv missing"},
	{"40 characters", fields{"ikv_nummer": "SENTINEL-9012345678901234567890123456789"}, ""},
	{"41 characters", fields{"ikv_nummer": "SENTINEL-90123456789012345678901234567890"}, "ikv_id too_long"},
	{"no employer", fields{"pseudoniem_werkgever": ""}, "employer_pseudonym missing"},
	{"an employer that is not a pseudonym", fields{"pseudoniem_werkgever": "sentinel"}, "employer_pseudonym bad_pseudonym"},
	{"no pseudonym of a person", fields{"pseudoniem_v": ""}, "pseudonym_v no_pseudonym"},
	{"text that is not UTF-8", fields{"ikv_nummer": "SENTINEL\xff"}, " bad_encoding"},
	{"the same without a logical type", fields{"schriftelijk": "\xff"}, " bad_encoding"},
	{"NUL", fields{"ikv_nummer": "SENTINEL\x00"}, " bad_encoding"},
}

var wageTextRows = []ruleRow{
	{"nothing wrong", nil, ""},
	{"a date that does not exist", fields{"datum_begin_periode": "2024-02-30"}, "period_start not_a_date"},
	{"a date of CSV", fields{"datum_begin_periode": "20240101"}, "period_start not_a_date"},
	{"empty text is absent", fields{"datum_eind_ikv": ""}, ""},
	{"out of range", fields{"datum_eind_ikv": "2101-01-01"}, "ikv_end date_out_of_range"},
	{"hours of two places", fields{"contracturen_per_week": "36.25"}, ""},
	{"within a millionth of them", fields{"contracturen_per_week": "36.2500005"}, ""},
	{"further off", fields{"contracturen_per_week": "36.255"}, "contract_hours_week not_a_number"},
	{"no number", fields{"contracturen_per_week": "NaN"}, "contract_hours_week not_a_number"},
	{"above the range", fields{"contracturen_per_week": "100"}, "contract_hours_week out_of_range"},
	{"hours paid as INT64", fields{"verloonde_uren": "10000"}, "hours_paid out_of_range"},
}

var workPermitRows = []ruleRow{
	{"nothing wrong", nil, ""},
	{"decided without a decision", fields{"datum_besluit": "2023-02-01"}, "decision missing"},
	{"decided", fields{"datum_besluit": "2023-02-01", "besluit": "verleend"}, ""},
	{"decided before it was requested is compared by nobody", fields{"datum_besluit": "2022-02-01", "besluit": "geweigerd"}, ""},
	{"a decision without its date is odd but valid", fields{"besluit": "ingetrokken"}, ""},
	{"no decision of the list", fields{"besluit": "granted"}, "decision code_not_in_list"},
	{"60 characters", fields{"functie": "sentinelsentinelsentinelsentinelsentinelsentinelsentinel6789"}, ""},
	{"61 characters", fields{"functie": "sentinelsentinelsentinelsentinelsentinelsentinelsentinel67890"}, "occupation too_long"},
	{"valid to before it is valid", fields{"geldig_van": "2023-03-02", "geldig_tot": "2023-03-01"}, "valid_to end_before_start"},
	{"valid one day", fields{"geldig_van": "2023-03-02", "geldig_tot": "2023-03-02"}, ""},
	{"a sector that is none", fields{"sector": "70"}, "sector_code code_not_in_list"},
}
