package connectors_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"doorstroom/connectors/connectortest"
	"doorstroom/schemas"
)

// spells are the rows of a municipal file whose columns get into disorder.
var spells = [][]string{
	{"recordnummer", "pseudoniem_v", "pseudoniem_b", "gemeentecode", "vestigingsdatum", "vertrekdatum", "vertrekreden"},
	{"a", pseudonym, "", "0014", "01-02-2023", "20230300", "verhuisd"},
	{"b", "", pseudonym, "0014", "20230401", "", ""},
	{"c", pseudonym, connectortest.Pseudonym(1), "0014", "2023-05-01", "2023-05-01", "verhuisd"},
}

// table writes rows in an order of their columns.
func table(rows [][]string, order []int) string {
	var b strings.Builder
	for _, row := range rows {
		for i, column := range order {
			if i > 0 {
				b.WriteByte(';')
			}
			b.WriteString(row[column])
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// TestColumnsInAnyOrder holds that columns bind by name: rows whose columns come
// in another order are the same records.
func TestColumnsInAnyOrder(t *testing.T) {
	h := connectortest.New(t)
	random := rand.New(rand.NewPCG(5, 6))
	for i := range 20 {
		order := random.Perm(len(spells[0]))
		if i == 0 {
			slices.Sort(order)
		}
		residence(fmt.Sprintf("d-%02d", i), table(spells, order), 3).Write(t, h.Landing)
	}
	closed := h.MustRead()
	messages := byLoad(t, h, "municipality_residence")
	want := messages[closed[0].LoadID]
	for _, c := range closed {
		got := messages[c.LoadID]
		if c.Reason != "" || len(got) != 3 || len(want) != 3 {
			t.Fatalf("%s: %q (%s), %d records", c.DeliveryID, c.Reason, c.Detail, len(got))
		}
		for row := range want {
			if !bytes.Equal(got[row], want[row]) {
				t.Errorf("%s: row %d is another record", c.DeliveryID, row)
			}
		}
	}
}

// TestParquetColumnsInAnyOrder is the same of the columns of Parquet.
func TestParquetColumnsInAnyOrder(t *testing.T) {
	h := connectortest.New(t)
	sound := wages(t, "a", 20)
	sound.Write(t, h.Landing)
	data := connectortest.Refooted(t, sound.Files[0].Data, func(m *format.FileMetaData) {
		slices.Reverse(m.Schema[1:])
		for _, g := range m.RowGroups {
			slices.Reverse(g.Columns)
		}
	})
	turned := wages(t, "b", 20)
	turned.Files[0].Data = data
	turned.Write(t, h.Landing)
	closed := h.MustRead()
	messages := byLoad(t, h, "uwv_employment")
	for row, want := range messages[closed[0].LoadID] {
		if !bytes.Equal(messages[closed[1].LoadID][row], want) {
			t.Errorf("row %d is another record", row)
		}
	}
	if len(messages[closed[1].LoadID]) != 20 {
		t.Errorf("%+v", closed[1])
	}
}

// TestNamesThatChangedPlaces holds what can be told of a file whose header has
// two names changed for one another, every value standing under the other name:
// what the types and the rules between fields tell, and no more. Two columns of
// one type without a rule between them cannot be told apart from sound ones by
// anything in the contract; only a control total can, where there is one.
func TestNamesThatChangedPlaces(t *testing.T) {
	h := connectortest.New(t)
	swapped := func(a, b string) string {
		rows := slices.Clone(spells)
		rows[0] = slices.Clone(rows[0])
		i, j := slices.Index(rows[0], a), slices.Index(rows[0], b)
		rows[0][i], rows[0][j] = rows[0][j], rows[0][i]
		return table(rows, []int{0, 1, 2, 3, 4, 5, 6})
	}
	for _, c := range []struct {
		a, b string
		want []string
	}{
		// A day of settling that a rule wants, and days that lie the wrong way round; the row of one day is sound.
		{"vestigingsdatum", "vertrekdatum", []string{"1 left_on end_before_start", "2 left_reason missing", "2 settled_on missing"}},
		{"vestigingsdatum", "vertrekreden", []string{"1 left_reason code_not_in_list", "1 settled_on not_a_date", "2 left_reason code_not_in_list", "2 settled_on missing", "3 left_reason code_not_in_list", "3 settled_on not_a_date"}},
		{"recordnummer", "vestigingsdatum", []string{"1 settled_on not_a_date", "2 settled_on not_a_date", "3 settled_on not_a_date"}},
		{"gemeentecode", "recordnummer", []string{"1 municipality_code code_not_in_list", "2 municipality_code code_not_in_list", "3 municipality_code code_not_in_list"}},
		// The same 26 characters as V and as B are two pseudonyms: nothing tells.
		{"pseudoniem_v", "pseudoniem_b", nil},
	} {
		check(t, h, residence("d", swapped(c.a, c.b), 0), 3, c.want...)
	}
}

// TestSumsThatChangedPlaces holds that a control total tells two columns of
// numbers apart that changed places.
func TestSumsThatChangedPlaces(t *testing.T) {
	h := connectortest.New(t)
	rows, sum := make([]connectortest.Wage, 20), int64(0)
	for i := range rows {
		rows[i] = connectortest.WageAt(i)
		sum += *rows[i].Wage
	}
	data := connectortest.Parquet(t, rows, 20, &parquet.Zstd)
	changed := map[string]string{"loon_sv": "x", "verloonde_uren": "loon_sv"}
	for name, c := range map[string]struct {
		data   []byte
		reason schemas.Reason
	}{"sound": {data, ""}, "changed": {renamed(t, renamed(t, data, changed), map[string]string{"x": "verloonde_uren"}), schemas.ControlTotalMismatch}} {
		d := wages(t, "d", 20)
		d.Files[0].Data, d.Files[0].Control = c.data, [2]string{"loon_sv", fmt.Sprint(sum)}
		if got := readOne(t, h, d); got.Reason != c.reason {
			t.Errorf("%s: %q (%s)", name, got.Reason, got.Detail)
		}
	}
}
