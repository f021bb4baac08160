package schemas_test

import (
	"bytes"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/hamba/avro/v2"

	"doorstroom/schemas"
)

// full adds to the sound record every field that it leaves out.
var full = map[string]string{
	"coa_stay":                 "pseudoniem_b=B",
	"coa_permit":               "pseudoniem_b=B aanvraagdatum=2022-01-01 einddatum=2028-01-01",
	"coa_placement":            "pseudoniem_b=B verwachte_huisvesting=2023-06-01",
	"coa_participation":        "pseudoniem_b=B",
	"municipality_residence":   "pseudoniem_b=B inschrijfdatum_brp=2023-02-03",
	"municipality_bijstand":    "pseudoniem_v=A einddatum=2024-01-01 datum_toekenning=20230200 leefvorm=inrichting reden_uitstroom=99",
	"municipality_inburgering": "pseudoniem_b=B start_brede_intake=20220101 einde_brede_intake=20220201 eindgesprek_map=20230101 ondertekening_pvt=20230102",
	"municipality_provision":   "pseudoniem_b=B einddatum=20240101",
	"uwv_employment":           "pseudoniem_v=A datum_eind_ikv=2023-12-31 reden_einde=90 onbepaalde_tijd=J schriftelijk=N oproep=N sector=01",
	"uwv_work_permit":          "pseudoniem_b=B functie=kok sector=01",
	"duo_obligation":           "pseudoniem_b=B einddatum=2026-01-01 startdatum_termijn=2023-01-01 einddatum_termijn=2026-01-01 voldaan_op=2024-01-01 vrijstelling=INB ontheffing=MED",
	"duo_exam":                 "pseudoniem_b=B",
	"duo_mbo":                  "pseudoniem_b=B einddatum=2024-01-01 resultaat=diploma",
	"idw_valuation":            "pseudoniem_b=B",
}

// TestAvroIsWhatItsSchemaSays decodes messages with a library that knows the
// schema only, sparse and full ones, and holds them against what was delivered.
func TestAvroIsWhatItsSchemaSays(t *testing.T) {
	at := schemas.Position{LoadID: 1<<63 + 5, FileNo: 7, RowNo: 1 << 40}
	for _, r := range schemas.Records {
		schema, err := avro.Parse(r.Avro)
		if err != nil {
			t.Fatalf("%s: %v", r.Name, err)
		}
		for _, words := range []string{"mutatie=T", "mutatie=W " + fullWords(r.Name)} {
			_, row := fill(t, r.Name, words)
			if got := broken(r, row, context(true)); got != "" {
				t.Fatalf("%s: %s", r.Name, got)
			}
			message := row.AppendAvro(nil, at)
			var got map[string]any
			if err := avro.Unmarshal(schema, message, &got); err != nil {
				t.Fatalf("%s: %v", r.Name, err)
			}
			if got["load_id"] != int64(-1<<63+5) || got["file_no"] != 7 || got["row_no"] != int64(1<<40) {
				t.Errorf("%s: position %v %v %v", r.Name, got["load_id"], got["file_no"], got["row_no"])
			}
			delivered := map[string]string{}
			for _, w := range strings.Fields(soundWords(r.Name) + " " + words) {
				column, value, _ := strings.Cut(w, "=")
				delivered[column] = value
			}
			for _, f := range r.Fields {
				if g, w := plain(got[f.Name]), expected(f, delivered[f.Column]); g != w {
					t.Errorf("%s.%s: got %q, want %q", r.Name, f.Name, g, w)
				}
				if f.Kind == schemas.KindInexactDate {
					if g, w := plain(got[f.Name+"_delivered"]), delivered[f.Column]; g != w {
						t.Errorf("%s.%s_delivered: got %q, want %q", r.Name, f.Name, g, w)
					}
				}
			}
			// And back: what was read again is written as the same bytes.
			again := r.New()
			position, err := again.DecodeAvro(message)
			if err != nil || position != at {
				t.Fatalf("%s: decoded %v, %v", r.Name, position, err)
			}
			if !bytes.Equal(again.AppendAvro(nil, position), message) {
				t.Errorf("%s: other bytes after decoding", r.Name)
			}
			for cut := range message {
				if _, err := again.DecodeAvro(message[:cut]); err == nil {
					t.Errorf("%s: a message cut to %d bytes is taken", r.Name, cut)
				}
			}
		}
	}
}

// expected is a delivered value as plain gives it.
func expected(f schemas.Field, value string) string {
	switch {
	case value == "A":
		return pseudonymA
	case value == "B":
		return pseudonymB
	case value == "":
		return ""
	case f.Kind == schemas.KindHours:
		n, _ := new(big.Rat).SetString(strings.Replace(value, ",", ".", 1))
		return n.RatString()
	case f.Kind == schemas.KindInexactDate && len(value) == 8:
		part := func(s string) string { return strings.Replace(s, "00", "01", 1) }
		return value[:4] + "-" + part(value[4:6]) + "-" + part(value[6:])
	case f.Kind == schemas.KindInexactDate && value[2] == '-':
		return value[6:] + value[2:6] + value[:2]
	}
	return value
}

// plain writes what the library decoded as text.
func plain(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case time.Time:
		return v.Format(time.DateOnly)
	case *big.Rat:
		return v.RatString()
	case string:
		return v
	case int:
		return big.NewInt(int64(v)).String()
	case int64:
		return big.NewInt(v).String()
	case map[string]any:
		for _, inner := range v {
			return plain(inner)
		}
	}
	return "of another type"
}

// TestDeleteCarriesNothingElse holds that a V record is only its key.
func TestDeleteCarriesNothingElse(t *testing.T) {
	for _, r := range schemas.Records {
		_, row := fill(t, r.Name, fullWords(r.Name)+" mutatie=V")
		if got := broken(r, row, context(true)); got != "" {
			t.Fatalf("%s: %s", r.Name, got)
		}
		var got map[string]any
		schema := avro.MustParse(r.Avro)
		if err := avro.Unmarshal(schema, row.AppendAvro(nil, schemas.Position{RowNo: 1}), &got); err != nil {
			t.Fatal(err)
		}
		for name, v := range got {
			switch name {
			case "load_id", "file_no", "row_no", "record_id", "operation":
				continue
			case "municipality_code":
				if r.Municipal() {
					continue
				}
			}
			if v != nil {
				t.Errorf("%s: a V record carries %s", r.Name, name)
			}
		}
		if row.MessageKey().Valid {
			t.Errorf("%s: a V record is keyed by a pseudonym", r.Name)
		}
	}
}
