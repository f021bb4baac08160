package publish

import (
	"errors"
	"maps"
	"testing"

	"doorstroom/pipelines/disclosure/cells"
	"doorstroom/pipelines/publish/catalogue"
)

// byMonth has a month that does not add up, regions that do, and an outcome with a group.
var byMonth = &catalogue.Entry{
	Name: "work", Population: "p", Dimensions: []catalogue.Dimension{{Name: "month"}, {Name: "region", Margin: true}},
	Outcome: &catalogue.Outcome{Name: "work", Parts: []catalogue.Part{{Value: "long"}, {Value: "short"}}, Rest: "none",
		Groups: map[string][]string{"working": {"long", "short"}}, Sensitive: true, Structural: []string{"long"}},
}

func row(count int64, values ...string) countedRow { return countedRow{values, count} }

// TestComplete: in June nobody of region B is counted, so its cells are 0 and not missing. Months do not add up.
func TestComplete(t *testing.T) {
	c := &counted{entry: byMonth, rows: []countedRow{
		row(5, "may", "A", "long"), row(7, "may", "A", "short"), row(9, "may", "A", "none"),
		row(2, "may", "B", "long"), row(0, "may", "B", "short"), row(30, "may", "B", "none"),
		row(6, "june", "A", "long"), row(4, "june", "A", "short"), row(1, "june", "A", "none"),
	}}
	want := map[string]int64{}
	for _, r := range []countedRow{
		row(5, "may", "A", "long"), row(7, "may", "A", "short"), row(12, "may", "A", "working"), row(9, "may", "A", "none"), row(21, "may", "A", "total"),
		row(2, "may", "B", "long"), row(0, "may", "B", "short"), row(2, "may", "B", "working"), row(30, "may", "B", "none"), row(32, "may", "B", "total"),
		row(7, "may", "total", "long"), row(7, "may", "total", "short"), row(14, "may", "total", "working"), row(39, "may", "total", "none"), row(53, "may", "total", "total"),
		row(6, "june", "A", "long"), row(4, "june", "A", "short"), row(10, "june", "A", "working"), row(1, "june", "A", "none"), row(11, "june", "A", "total"),
		row(0, "june", "B", "long"), row(0, "june", "B", "short"), row(0, "june", "B", "working"), row(0, "june", "B", "none"), row(0, "june", "B", "total"),
		row(6, "june", "total", "long"), row(4, "june", "total", "short"), row(10, "june", "total", "working"), row(1, "june", "total", "none"), row(11, "june", "total", "total"),
	} {
		want[key(r.values)] = r.count
	}
	if got := c.complete().counts; !maps.Equal(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
}

// TestOrder: of 15 people nobody may learn that all, or all but one, do not work; that all work long is structural here.
func TestOrder(t *testing.T) {
	for _, c := range []struct {
		long, short, none int64
		value             string
		want              cells.Status
	}{
		{0, 0, 15, "none", cells.Suppressed},
		{0, 1, 14, "none", cells.Suppressed},
		{0, 2, 13, "none", cells.Undecided},
		{0, 15, 0, "working", cells.Suppressed}, // 0 % without work
		{15, 0, 0, "long", cells.Undecided},
		{15, 0, 0, "total", cells.Undecided},
		{0, 0, 0, "none", cells.Undecided}, // a region of nobody
	} {
		table := (&counted{entry: byMonth, rows: []countedRow{row(c.long, "may", "A", "long"), row(c.short, "may", "A", "short"), row(c.none, "may", "A", "none")}}).complete()
		if got := table.order(row(table.counts[key([]string{"may", "A", c.value})], "may", "A", c.value)); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

// TestFrames: what has no figure keeps one row for a month, whoever would have been in it; nobody to ask beside somebody is 0.
func TestFrames(t *testing.T) {
	c := &counted{entry: byMonth, rows: []countedRow{row(20, "may", "A", "none")}, without: []withoutRow{
		{[]string{"may", "B", "none"}, statusNotApplicable}, {[]string{"july", "A", "none"}, statusNotYet}, {[]string{"july", "B", "long"}, statusNotYet},
	}}
	if err := c.frame(); err != nil {
		t.Fatal(err)
	}
	if len(c.without) != 1 || key(c.without[0].values) != key([]string{"july", "total", "total"}) || c.without[0].status != statusNotYet {
		t.Errorf("%v", c.without)
	}
	c.without = append(c.without, withoutRow{[]string{"may", "B", "none"}, statusNotYet})
	var refusal *cells.Refusal
	if err := c.frame(); !errors.As(err, &refusal) || refusal.Cell != "month=may, region=total, work=total" {
		t.Errorf("a month that is known for some regions only: %v", err)
	}
}

// TestShare is of published figures only.
func TestShare(t *testing.T) {
	n := func(v int64) *int64 { return &v }
	for _, c := range []struct {
		row  Row
		want float64
		is   bool
	}{
		{Row{Value: n(30), Denominator: n(120)}, 0.25, true}, {Row{Value: n(0), Denominator: n(20)}, 0, true},
		{Row{Value: n(30)}, 0, false}, {Row{Denominator: n(30)}, 0, false}, {Row{Value: n(0), Denominator: n(0)}, 0, false},
	} {
		if got := c.row.Share(); (got != nil) != c.is || got != nil && *got != c.want {
			t.Errorf("%+v", c)
		}
	}
}
