package report_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"doorstroom/schemas"
)

// speaker writes what DuckDB answered as a reader of the page should see it. It shares nothing with the report but its words.
type speaker struct {
	t                *testing.T
	texts            map[string]string
	comma, thousands string
}

func speak(t *testing.T, lang string) *speaker {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("text", lang+".json"))
	if err != nil {
		t.Fatal(err)
	}
	s := &speaker{t: t, comma: ",", thousands: "."}
	if lang == "en" {
		s.comma, s.thousands = ".", ","
	}
	if err := json.Unmarshal(raw, &s.texts); err != nil {
		t.Fatal(err)
	}
	for _, r := range schemas.Records { // what suppliers and records are called, their schemas say
		s.texts["record."+r.Name], s.texts["supplier."+r.Supplier] = r.Names[lang], schemas.SupplierNames[r.Supplier][lang]
	}
	return s
}

// cell is the text of a cell: a count, a share, or pieces of text.
func (s *speaker) cell(column, kind string, value any) string {
	switch {
	case value == nil:
		return "–"
	case kind == "VARCHAR":
		return s.pieces(value.(string))
	case column == "col.difference":
		return s.difference(s.float(value))
	case kind == "DOUBLE":
		return s.percent(s.float(value))
	}
	return s.count(string(value.(json.Number)))
}

func (s *speaker) float(value any) float64 {
	x, err := value.(json.Number).Float64()
	if err != nil {
		s.t.Fatal(err)
	}
	return x
}

func (s *speaker) pieces(text string) string {
	var out strings.Builder
	for _, piece := range strings.Split(text, "¦") {
		out.WriteString(s.piece(piece))
	}
	return out.String()
}

// piece reads what recount/common.sql tells.
func (s *speaker) piece(text string) string {
	kind, rest, typed := strings.Cut(text, ":")
	if !typed || len(kind) != 1 {
		return text
	}
	switch kind {
	case "n":
		return s.count(rest)
	case "p":
		return s.percent(s.float(json.Number(rest)))
	case "x":
		return strings.Replace(rest, ".", s.comma, 1)
	case "d":
		day := s.day(rest)
		return fmt.Sprintf("%d %s %d", day.Day(), s.month(day), day.Year())
	case "m":
		day := s.day(rest)
		return fmt.Sprintf("%s %d", s.month(day), day.Year())
	case "c":
		record, field, _ := strings.Cut(rest, "|")
		return supplierColumn(record, field)
	case "t":
		return s.words(strings.Split(rest, "|"))
	}
	return text
}

// words are a text with its values filled in. A text is never missing.
func (s *speaker) words(parts []string) string {
	text, there := s.texts[parts[0]]
	if !there {
		s.t.Errorf("there is no text %s", parts[0])
	}
	for i, value := range parts[1:] {
		text = strings.ReplaceAll(text, fmt.Sprintf("%%[%d]s", i+1), s.piece(value))
	}
	return strings.ReplaceAll(text, "%%", "%")
}

func (s *speaker) day(text string) time.Time {
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		s.t.Fatal(err)
	}
	return day
}

func (s *speaker) month(day time.Time) string {
	return strings.Fields(s.texts["months"])[day.Month()-1]
}

var beforeThousand = regexp.MustCompile(`(\d)((?:\d{3})+)$`)

func (s *speaker) count(digits string) string {
	for beforeThousand.MatchString(digits) && len(digits) > 3 {
		cut := (len(digits)-1)%3 + 1
		return digits[:cut] + s.thousands + strings.Join(regexp.MustCompile(`\d{3}`).FindAllString(digits[cut:], -1), s.thousands)
	}
	return digits
}

func (s *speaker) percent(share float64) string {
	return strings.Replace(strconv.FormatFloat(share*100, 'f', 1, 64), ".", s.comma, 1) + "%"
}

func (s *speaker) difference(points float64) string {
	text := strings.Replace(fmt.Sprintf("%.1f", math.Abs(points)), ".", s.comma, 1)
	switch {
	case text == "0"+s.comma+"0":
		return text
	case points < 0:
		return "−" + text
	}
	return "+" + text
}

// supplierColumn is the column of the contract that a field stands in; the whole record has none.
func supplierColumn(record, field string) string {
	if field == "" {
		return "–"
	}
	for _, f := range schemas.RecordOf(record).Fields {
		if f.Name == field {
			return f.Column
		}
	}
	return field
}
