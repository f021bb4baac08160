package schemas_test

import (
	"fmt"
	"strings"
	"testing"

	"doorstroom/schemas"
	"doorstroom/schemas/reference"
)

// Two sound pseudonyms: the last character holds one bit and four zeros.
const (
	pseudonymA = "abcdefghijklmnopqrstuvwxya"
	pseudonymB = "zzzzzzzzzzzzzzzzzzzzzzzzz4"
)

// sound holds, by column, a record of each kind that breaks no rule.
var sound = map[string]string{
	"coa_stay":                 "recordnummer=r1 pseudoniem_v=A locatie=azc-1 gemeentecode=0014 begindatum=2023-01-01 einddatum=2023-02-01",
	"coa_permit":               "recordnummer=r1 pseudoniem_v=A verblijfstitel=26 ingangsdatum=2023-01-01 nationaliteit=0100 geboortejaar=1990 geslacht=V instroom=zelf kansrijk=J",
	"coa_placement":            "recordnummer=r1 pseudoniem_v=A gemeentecode=0014 koppeldatum=2023-01-01",
	"coa_participation":        "recordnummer=r1 pseudoniem_v=A soort=nt2 begindatum=2023-01-01 einddatum=2023-01-01 uren_per_week=12.5",
	"municipality_residence":   "recordnummer=r1 pseudoniem_v=A gemeentecode=0014 vestigingsdatum=01-02-2023 vertrekdatum=20230300 vertrekreden=verhuisd",
	"municipality_bijstand":    "recordnummer=r1 pseudoniem_b=B gemeentecode=0014 regeling=PW ingangsdatum=20230000 rol=partner reden_instroom=43",
	"municipality_inburgering": "recordnummer=r1 pseudoniem_v=A gemeentecode=0014 dagtekening_pip=2023-01-01 leerroute=B1",
	"municipality_provision":   "recordnummer=r1 pseudoniem_v=A gemeentecode=0014 voorziening=jobcoach startbaan=N begindatum=20230101 uren_per_week=12,5 sector=01",
	"uwv_employment": "recordnummer=r1 pseudoniem_b=B ikv_nummer=i1 pseudoniem_werkgever=A datum_begin_periode=2023-01-01 datum_eind_periode=2023-01-31 datum_begin_ikv=2022-01-01 " +
		"soort_inkomen=11 aard_arbeidsverhouding=01 verloonde_uren=120 loon_sv=-5 contracturen_per_week=36.00",
	"uwv_work_permit": "recordnummer=r1 pseudoniem_v=A datum_aanvraag=2023-01-01 datum_besluit=2023-02-01 besluit=verleend geldig_van=2023-02-01 geldig_tot=2023-02-01",
	"duo_obligation":  "recordnummer=r1 pseudoniem_v=A wet=Wi2021 begindatum=2023-01-01 doelgroep=asielstatushouder",
	"duo_exam":        "recordnummer=r1 pseudoniem_v=A examendatum=2023-01-01 onderdeel=LE niveau=A2 resultaat=geslaagd",
	"duo_mbo":         "recordnummer=r1 pseudoniem_v=A soort=bbl niveau=2 begindatum=2023-01-01",
	"idw_valuation":   "recordnummer=r1 pseudoniem_v=A datum_aanvraag=2023-01-01 datum_besluit=2023-02-01 soort=diplomawaardering nlqf=6 isced_veld=0613 land=SY",
}

// context is that of a delivery drawn in 2024; municipal manifests name 0014.
func context(mutation bool) *schemas.Context {
	return &schemas.Context{Mutation: mutation, DrawnYear: 2024, Municipalities: []schemas.Code{reference.Municipalities.Code("0014")}}
}

// fill reads "column=value" words on top of the sound record; "column=" takes a value away.
func fill(t *testing.T, record, words string) (*schemas.Record, schemas.Row) {
	t.Helper()
	r := schemas.RecordOf(record)
	values := map[string]string{}
	for _, w := range strings.Fields(soundWords(record) + " " + words) {
		column, value, _ := strings.Cut(w, "=")
		switch value {
		case "A":
			value = pseudonymA
		case "B":
			value = pseudonymB
		}
		values[column] = value
	}
	row := r.New()
	syntax := schemas.SyntaxISO
	if r.Municipal() {
		syntax = schemas.SyntaxCSV
	}
	row.Reset(syntax)
	for column, value := range values {
		field := r.FieldOf(column)
		if field < 0 {
			t.Fatalf("%s has no column %s", record, column)
		}
		row.SetText(field, []byte(value))
	}
	return r, row
}

// broken gives "field:rule" of a record, in field order.
func broken(r *schemas.Record, row schemas.Row, c *schemas.Context) string {
	var all []string
	for _, v := range row.Validate(c) {
		all = append(all, fmt.Sprintf("%s:%s", r.Fields[v.Field].Name, v.Rule))
	}
	return strings.Join(all, " ")
}

func TestSoundRecordsBreakNoRule(t *testing.T) {
	for _, r := range schemas.Records {
		_, row := fill(t, r.Name, "")
		if got := broken(r, row, context(false)); got != "" {
			t.Errorf("%s: %s", r.Name, got)
		}
	}
}

// TestRules holds every rule of single fields against the contract, both sides
// of each boundary.
func TestRules(t *testing.T) {
	forty := strings.Repeat("x", 40)
	for _, c := range []struct{ record, words, want string }{
		{"coa_stay", "recordnummer=", "record_id:missing"},
		{"coa_stay", "recordnummer=" + forty, ""},
		{"coa_stay", "recordnummer=" + forty + "x", "record_id:bad_id"},
		{"coa_stay", "recordnummer=a/b", "record_id:bad_id"},
		{"coa_stay", "mutatie=T", "operation:bad_operation"},
		{"coa_stay", "mutatie=x", "operation:bad_operation"},
		{"coa_stay", "pseudoniem_v=", "pseudonym_v:no_pseudonym"},
		{"coa_stay", "pseudoniem_v= pseudoniem_b=B", ""},
		{"coa_stay", "pseudoniem_b=abc", "pseudonym_b:bad_pseudonym"},
		{"coa_stay", "pseudoniem_v=abcdefghijklmnopqrstuvwxyb", "pseudonym_v:bad_pseudonym"},
		{"coa_stay", "pseudoniem_v=Abcdefghijklmnopqrstuvwxya", "pseudonym_v:bad_pseudonym"},
		{"coa_stay", "locatie=" + strings.Repeat("é", 20), ""},
		{"coa_stay", "locatie=" + strings.Repeat("é", 21), "location:too_long"},
		{"coa_stay", "gemeentecode=9999", "municipality_code:code_not_in_list"},
		{"coa_stay", "gemeentecode=14", "municipality_code:code_not_in_list"},
		{"coa_stay", "gemeentecode=0370", ""}, // Beemster, abolished in 2022
		{"coa_stay", "begindatum=2023-02-30", "start:not_a_date"},
		{"coa_stay", "begindatum=20230101", "start:not_a_date"},
		{"coa_stay", "begindatum=1899-12-31", "start:date_out_of_range"},
		{"coa_stay", "begindatum=1900-01-01", "start:date_out_of_range"},
		{"coa_stay", "begindatum=1969-12-31", "start:date_out_of_range"},
		{"coa_stay", "begindatum=1970-01-01", ""},
		{"coa_stay", "einddatum=2100-12-31", ""},
		{"coa_stay", "einddatum=2101-01-01", "end:date_out_of_range"},
		{"coa_stay", "einddatum=2023-01-01", ""},
		{"coa_stay", "einddatum=2022-12-31", "end:end_before_start"},
		{"coa_permit", "geboortejaar=1899", "birth_year:out_of_range"},
		{"coa_permit", "geboortejaar=2024", ""},
		{"coa_permit", "geboortejaar=2025", "birth_year:out_of_range"},
		{"coa_permit", "geboortejaar=1990.0", "birth_year:not_a_number"},
		{"coa_permit", "geboortejaar=+1990", "birth_year:not_a_number"},
		{"coa_permit", "verblijfstitel=28", "title_code:code_not_in_list"},
		{"coa_permit", "kansrijk=j", "good_prospects:code_not_in_list"},
		{"coa_participation", "uren_per_week=60.00", ""},
		{"coa_participation", "uren_per_week=60.01", "hours_per_week:out_of_range"},
		{"coa_participation", "uren_per_week=-0,01", "hours_per_week:out_of_range"},
		{"coa_participation", "uren_per_week=1.234", "hours_per_week:not_a_number"},
		{"coa_participation", "uren_per_week=.5", "hours_per_week:not_a_number"},
		{"coa_participation", "uren_per_week=5.", "hours_per_week:not_a_number"},
		{"coa_participation", "uren_per_week=1e1", "hours_per_week:not_a_number"},
		{"coa_participation", "einddatum=2022-12-31", "end:end_before_start"},
		{"municipality_residence", "vestigingsdatum=00000000", "settled_on:missing"},
		{"municipality_residence", "vestigingsdatum=20231300", "settled_on:not_a_date"},
		{"municipality_residence", "vestigingsdatum=20230015", "settled_on:not_a_date"},
		{"municipality_residence", "vertrekdatum=00000000 vertrekreden=", ""},
		{"municipality_residence", "vertrekreden=", "left_reason:missing"},
		{"municipality_residence", "vertrekdatum=1-2-2023 vertrekreden=", "left_on:not_a_date left_reason:missing"},
		{"municipality_residence", "vertrekdatum=20230131", "left_on:end_before_start"},
		{"municipality_residence", "gemeentecode=0034", "municipality_code:municipality_not_in_manifest"},
		{"municipality_residence", "gemeentecode=", "municipality_code:missing"},
		{"municipality_bijstand", "reden_uitstroom=00", "reason_out:code_not_in_list"},
		{"municipality_bijstand", "einddatum=31-12-2022", "end:end_before_start"},
		{"municipality_inburgering", "leerroute=", "leerroute:missing"},
		{"municipality_inburgering", "dagtekening_pip= leerroute=", ""},
		{"municipality_provision", "startbaan=", "startbaan:missing"},
		{"municipality_provision", "einddatum=20221231", "end:end_before_start"},
		{"uwv_employment", "datum_eind_periode=2023-02-05", ""}, // 36 days
		{"uwv_employment", "datum_eind_periode=2023-02-06", "period_end:out_of_range"},
		{"uwv_employment", "datum_eind_periode=2022-12-31", "period_end:end_before_start"},
		{"uwv_employment", "datum_eind_ikv=2021-12-31", "ikv_end:end_before_start"},
		{"uwv_employment", "verloonde_uren=-9999", ""},
		{"uwv_employment", "verloonde_uren=10000", "hours_paid:out_of_range"},
		{"uwv_employment", "aard_arbeidsverhouding=", "cd_aard:missing"},
		{"uwv_employment", "aard_arbeidsverhouding= soort_inkomen=17", "cd_aard:missing"},
		{"uwv_employment", "aard_arbeidsverhouding= soort_inkomen=43", ""},
		{"uwv_employment", "contracturen_per_week=99", ""},
		{"uwv_employment", "contracturen_per_week=99.01", "contract_hours_week:out_of_range"},
		{"uwv_employment", "loon_sv=9223372036854775807", ""},
		{"uwv_employment", "loon_sv=-9223372036854775808", ""},
		{"uwv_employment", "loon_sv=9223372036854775808", "wage_sv:out_of_range"},
		{"uwv_employment", "loon_sv=-9223372036854775809", "wage_sv:out_of_range"},
		{"uwv_employment", "loon_sv=99999999999999999999x", "wage_sv:not_a_number"},
		{"uwv_employment", "ikv_nummer=" + forty + "x", "ikv_id:too_long"},
		{"uwv_work_permit", "geldig_tot=2023-01-31", "valid_to:end_before_start"},
		{"uwv_work_permit", "besluit=", "decision:missing"},
		{"uwv_work_permit", "datum_besluit=2022-12-31", ""}, // no other pair is compared
		{"uwv_work_permit", "functie=" + strings.Repeat("x", 60), ""},
		{"uwv_work_permit", "functie=" + strings.Repeat("x", 61), "occupation:too_long"},
		{"duo_obligation", "einddatum=2022-12-31", "end:end_before_start"},
		{"duo_obligation", "startdatum_termijn=2023-02-01 einddatum_termijn=2023-01-01", ""},
		{"duo_exam", "niveau=", "level:missing"},
		{"duo_exam", "onderdeel=KNM", ""}, // odd but valid
		{"duo_exam", "onderdeel=KNM niveau=", ""},
		{"duo_mbo", "niveau=0", "level:out_of_range"},
		{"duo_mbo", "niveau=4", ""},
		{"duo_mbo", "niveau=5", "level:out_of_range"},
		{"duo_mbo", "einddatum=2022-12-31", "end:end_before_start"},
		{"idw_valuation", "nlqf=9", "nlqf_level:out_of_range"},
		{"idw_valuation", "isced_veld=613", "isced_field:code_not_in_list"},
		{"idw_valuation", "land=Sy", "country_code:code_not_in_list"},
		{"idw_valuation", "soort=", "kind:missing"},
		{"idw_valuation", "datum_besluit= soort=", ""},
		{"idw_valuation", "recordnummer= datum_aanvraag=x nlqf=0", "record_id:missing requested_on:not_a_date nlqf_level:out_of_range"},
	} {
		r, row := fill(t, c.record, c.words)
		if got := broken(r, row, context(false)); got != c.want {
			t.Errorf("%s %s: got %q, want %q", c.record, c.words, got, c.want)
		}
	}
}

// TestMutations holds what differs in a mutation delivery, V above all.
func TestMutations(t *testing.T) {
	one, two := context(true), context(true)
	two.Municipalities = append(two.Municipalities, reference.Municipalities.Code("0034"))
	for _, c := range []struct {
		record, words string
		context       *schemas.Context
		want          string
	}{
		{"coa_stay", "mutatie=T", one, ""},
		{"coa_stay", "mutatie=W", one, ""},
		{"coa_stay", "", one, "operation:missing"},
		{"coa_stay", "mutatie=D", one, "operation:bad_operation"},
		{"coa_stay", "mutatie=V pseudoniem_v= locatie= begindatum=x", one, ""},
		{"coa_stay", "mutatie=V recordnummer=", one, "record_id:missing"},
		{"coa_stay", "mutatie=V recordnummer=a/b", one, "record_id:bad_id"},
		{"municipality_residence", "mutatie=V gemeentecode= vestigingsdatum=x", one, ""},
		{"municipality_residence", "mutatie=V gemeentecode=", two, "municipality_code:missing"},
		{"municipality_residence", "mutatie=V gemeentecode=0034", one, "municipality_code:municipality_not_in_manifest"},
		{"municipality_residence", "mutatie=V gemeentecode=0034", two, ""},
	} {
		r, row := fill(t, c.record, c.words)
		if got := broken(r, row, c.context); got != c.want {
			t.Errorf("%s %s: got %q, want %q", c.record, c.words, got, c.want)
		}
	}
}

// TestWrongTypes holds the rule of a JSON value of another type than its field's.
func TestWrongTypes(t *testing.T) {
	want := map[schemas.Kind]schemas.Rule{
		schemas.KindCode: schemas.CodeNotInList, schemas.KindFlag: schemas.CodeNotInList, schemas.KindMunicipality: schemas.CodeNotInList,
		schemas.KindText: schemas.BadJSON, schemas.KindID: schemas.BadID, schemas.KindPseudonym: schemas.BadPseudonym,
		schemas.KindYear: schemas.NotANumber, schemas.KindInt32: schemas.NotANumber, schemas.KindInt64: schemas.NotANumber, schemas.KindHours: schemas.NotANumber,
		schemas.KindDate: schemas.NotADate, schemas.KindInexactDate: schemas.NotADate,
	}
	for _, r := range schemas.Records {
		for i, f := range r.Fields {
			rule := want[f.Kind]
			if i == schemas.FieldOperation {
				rule = schemas.BadOperation
			}
			_, row := fill(t, r.Name, "")
			row.SetWrongType(i, "")
			got := map[int]schemas.Rule{}
			for _, v := range row.Validate(context(false)) {
				got[v.Field] = v.Rule
			}
			if got[i] != rule {
				t.Errorf("%s.%s: got %q, want %q", r.Name, f.Name, got[i], rule)
			}
		}
	}
}

// TestParquetValues holds what comes typed.
func TestParquetValues(t *testing.T) {
	r, row := fill(t, "uwv_employment", "")
	const periodEnd, hours, contractHours = 7, 16, 17
	row.SetDate(periodEnd, 19388) // 2023-01-31
	row.SetInt(hours, 9999)
	row.SetHundredths(contractHours, 9900)
	if got := broken(r, row, context(false)); got != "" {
		t.Error(got)
	}
	row.SetDate(periodEnd, -25568) // 1899-12-31
	row.SetInt(hours, 10000)
	row.SetHundredths(contractHours, -1)
	if got, want := broken(r, row, context(false)), "period_end:date_out_of_range hours_paid:out_of_range contract_hours_week:out_of_range"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if row.Number(hours) != 10000 {
		t.Error("a number out of range does not count for the control total")
	}
}

// TestPartDates holds how unknown parts of a date are read.
func TestPartDates(t *testing.T) {
	for text, want := range map[string]string{
		"20140000": "2014-01-01", "20140500": "2014-05-01", "20140531": "2014-05-31", "31-05-2014": "2014-05-31", "2014-05-31": "2014-05-31",
	} {
		_, row := fill(t, "municipality_residence", "vertrekdatum= vertrekreden= vestigingsdatum="+text)
		if got := broken(schemas.RecordOf("municipality_residence"), row, context(false)); got != "" {
			t.Errorf("%s: %s", text, got)
		}
		residence := row.(*schemas.MunicipalityResidence)
		if got := residence.SettledOn.String(); got != want {
			t.Errorf("%s is read as %s, not %s", text, got, want)
		}
		if got := string(residence.SettledOnDelivered); got != text {
			t.Errorf("%s is kept as %s", text, got)
		}
	}
}
