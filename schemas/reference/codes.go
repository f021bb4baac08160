package reference

import (
	"bytes"
	"embed"
	"encoding/csv"
	"fmt"
	"slices"
)

// Code is a value of a code list: its number in that list, 0 when absent.
// Numbers are the same in Go and in ClickHouse's Enum columns: one more than
// the code for lists of digits ("00" is 1), else the position in the list.
type Code uint16

// CodeList is a closed list of codes. A code outside it is a rejection.
type CodeList struct {
	// Name is the list's file in reference/, or the record and field that own it.
	Name   string
	width  int // digits per code; 0 for a list of words
	texts  []string
	count  int
	byText map[string]Code
}

//go:embed *.csv codes
var files embed.FS

// Parse gives the code of a text as delivered; false when the list lacks it.
func (l *CodeList) Parse(text []byte) (Code, bool) {
	if l.width > 0 {
		n, ok := digits(text)
		if !ok || len(text) != l.width || l.texts[n+1] == "" {
			return 0, false
		}
		return Code(n + 1), true
	}
	c, ok := l.byText[string(text)]
	return c, ok
}

// Text gives the code as delivered, empty when absent.
func (l *CodeList) Text(c Code) string { return l.texts[c] }

// Code gives the number of a text that the list is known to hold.
// It panics for any other: for constants of the program only.
func (l *CodeList) Code(text string) Code {
	c, ok := l.Parse([]byte(text))
	if !ok {
		panic(fmt.Sprintf("code list %s has no %q", l.Name, text))
	}
	return c
}

// Wide tells whether the numbers need 16 bits in ClickHouse.
func (l *CodeList) Wide() bool { return len(l.texts) > 128 }

// Each calls f for every code of the list, by number.
func (l *CodeList) Each(f func(c Code, text string)) {
	for i, text := range l.texts {
		if i > 0 && text != "" {
			f(Code(i), text)
		}
	}
}

// Texts lists the codes as delivered, by number.
func (l *CodeList) Texts() (all []string) {
	l.Each(func(_ Code, text string) { all = append(all, text) })
	return all
}

// Len is how many codes the list has.
func (l *CodeList) Len() int { return l.count }

// NewCodeList makes a list from its codes. Lists whose codes are all digits
// of one width are numbered by their value, others by position.
func NewCodeList(name string, codes ...string) *CodeList {
	l := &CodeList{Name: name, width: digitWidth(codes)}
	if l.width > 0 {
		for _, c := range codes {
			n, _ := digits(c)
			l.put(n+1, c)
		}
		return l
	}
	l.byText = make(map[string]Code, len(codes))
	for i, c := range codes {
		l.put(i+1, c)
		l.byText[c] = Code(i + 1)
	}
	return l
}

func (l *CodeList) put(n int, text string) {
	if l.texts == nil && l.width > 0 {
		l.texts = make([]string, 1, pow10(l.width)+1)
	}
	for len(l.texts) <= n {
		l.texts = append(l.texts, "")
	}
	if l.texts[n] == "" {
		l.count++
	}
	l.texts[n] = text
	if l.width > 0 {
		// Parse indexes by value: the whole range of the width is addressable.
		l.texts = l.texts[:cap(l.texts)]
	}
}

func pow10(n int) int {
	p := 1
	for range n {
		p *= 10
	}
	return p
}

// digitWidth is the common width of codes that are all digits, else 0.
func digitWidth(codes []string) int {
	for _, c := range codes {
		if _, ok := digits(c); !ok || len(c) != len(codes[0]) {
			return 0
		}
	}
	return len(codes[0])
}

// mustColumn reads one column of an embedded reference file, header left out.
func mustColumn(file, column string) []string {
	data, err := files.ReadFile(file)
	if err != nil {
		panic(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("reference file %s: %v", file, err))
	}
	i := slices.Index(rows[0], column)
	values := make([]string, 0, len(rows)-1)
	for _, row := range rows[1:] {
		values = append(values, row[i])
	}
	return values
}

// twoDigits is the list 01 to 99.
func twoDigits() []string {
	codes := make([]string, 0, 99)
	for i := 1; i < 100; i++ {
		codes = append(codes, fmt.Sprintf("%02d", i))
	}
	return codes
}

// municipalityCodes are those of either geography file and the abolished ones, without GM.
func municipalityCodes() []string {
	all := mustColumn("municipality_region_2021.csv", "gemeentecode")
	all = append(all, mustColumn("municipality_region_2023.csv", "gemeentecode")...)
	all = append(all, mustColumn("municipality_mergers_2021_2023.csv", "oude_code")...)
	for i := range all {
		all[i] = trimGM(all[i])
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// The lists that come from files or patterns; lists of one field stand in the Avro files.
var (
	Nationalities  = NewCodeList("codes/brp_nationality.csv", mustColumn("codes/brp_nationality.csv", "code")...)
	Sectors        = NewCodeList("codes/uwv_sector.csv", mustColumn("codes/uwv_sector.csv", "sector")...)
	EndReasons     = NewCodeList("codes/uwv_end_reason.csv", mustColumn("codes/uwv_end_reason.csv", "code")...)
	IncomeKinds    = NewCodeList("codes/uwv_srt_iv.csv", mustColumn("codes/uwv_srt_iv.csv", "code")...)
	LabourKinds    = NewCodeList("codes/uwv_cd_aard.csv", mustColumn("codes/uwv_cd_aard.csv", "code")...)
	LocalReasons   = NewCodeList("01..99", twoDigits()...)
	Municipalities = NewCodeList("municipality", municipalityCodes()...)
	Flags          = NewCodeList("flag", "J", "N")
	Operations     = NewCodeList("operation", "T", "W", "V")
)

// digits reads a text of digits only.
func digits[T ~string | ~[]byte](s T) (int, bool) {
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, len(s) > 0
}
