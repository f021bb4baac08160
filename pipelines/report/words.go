package report

import (
	"embed"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"doorstroom/schemas"
)

//go:embed text/*.json
var texts embed.FS

// words writes texts, numbers and dates in one language.
type words struct {
	lang             string
	texts            map[string]string
	thousands, comma string
	months           []string
}

func wordsOf(lang string) (*words, error) {
	raw, err := texts.ReadFile("text/" + lang + ".json")
	if err != nil {
		return nil, fmt.Errorf("no report in language %q: choose nl or en", lang)
	}
	w := &words{lang: lang, thousands: ".", comma: ","}
	if lang == "en" {
		w.thousands, w.comma = ",", "."
	}
	if err := json.Unmarshal(raw, &w.texts); err != nil {
		return nil, fmt.Errorf("read the texts of language %s: %w", lang, err)
	}
	w.addNames()
	w.months = strings.Fields(w.texts["months"])
	return w, nil
}

// addNames adds what suppliers and records are called, which their schemas say.
func (w *words) addNames() {
	for supplier, names := range schemas.SupplierNames {
		w.texts["supplier."+supplier] = names[w.lang]
	}
	for _, r := range schemas.Records {
		w.texts["record."+r.Name] = r.Names[w.lang]
	}
}

// t gives a text by its key, with its verbs (%[1]s) filled in. A key without a text shows as the key, which a test forbids.
func (w *words) t(key string, args ...any) string {
	text, found := w.texts[key]
	if !found {
		return key
	}
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// name is what a code of the facts is called, or the code itself.
func (w *words) name(kind, code string) string {
	if text, found := w.texts[kind+"."+code]; found {
		return text
	}
	return code
}

// count writes a whole number with separators.
func (w *words) count(n uint64) string {
	digits := strconv.FormatUint(n, 10)
	var out []string
	for len(digits) > 3 {
		out = append([]string{digits[len(digits)-3:]}, out...)
		digits = digits[:len(digits)-3]
	}
	return strings.Join(append([]string{digits}, out...), w.thousands)
}

// minus is the sign of every number under zero.
const minus = "−"

func (w *words) decimalZero() string { return "0" + w.comma + "0" }

// decimal writes a number with one decimal.
func (w *words) decimal(x float64) string {
	text := strings.Replace(strconv.FormatFloat(math.Abs(x), 'f', 1, 64), ".", w.comma, 1)
	if x < 0 && text != w.decimalZero() {
		return minus + text
	}
	return text
}

// difference writes a number with one decimal and its sign, none when it rounds to zero.
func (w *words) difference(x float64) string {
	text := w.decimal(x)
	if x > 0 && text != w.decimalZero() {
		return "+" + text
	}
	return text
}

// percent writes a share as a percentage with one decimal; a dash when there is no share.
func (w *words) percent(share *float64) string {
	if share == nil {
		return "–"
	}
	return w.decimal(*share*100) + "%"
}

// optional writes a whole number; a dash when there is none.
func optional[N uint32 | uint64](w *words, n *N) string {
	if n == nil {
		return "–"
	}
	return w.count(uint64(*n))
}

func (w *words) date(t time.Time) string {
	return fmt.Sprintf("%d %s %d", t.Day(), w.months[t.Month()-1], t.Year())
}

func (w *words) optionalDate(t *time.Time) string {
	if t == nil {
		return "–"
	}
	return w.date(*t)
}

func (w *words) month(t time.Time) string {
	return fmt.Sprintf("%s %d", w.months[t.Month()-1], t.Year())
}

// share is part / whole, or nil when there is no whole.
func share(part, whole uint64) *float64 {
	if whole == 0 {
		return nil
	}
	s := float64(part) / float64(whole)
	return &s
}
