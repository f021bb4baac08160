package report_test

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"doorstroom/dbt/dbttest"
)

// drawn is a drawing as a reader measures it with a ruler: marks by their class, with what they say.
type drawn struct {
	counted
	figure string
	svg    *html.Node
}

// near is how far a mark may lie from its place, in the drawing's units: places have one decimal.
const near = 0.11

func checkCharts(t *testing.T, c counted) {
	t.Helper()
	drawings := 0
	for _, figure := range find(c.root, element("figure")) {
		id := attribute(figure, "id")
		for _, svg := range find(figure, element("svg.drawing")) {
			drawings++
			d := drawn{c, id, svg}
			switch {
			case strings.HasPrefix(id, "cohorts-"):
				d.checkLines(t)
			case strings.HasPrefix(id, "stages-"):
				d.checkLayers(t)
			case strings.HasPrefix(id, "waiting-"):
				d.checkRanges(t)
			case strings.HasPrefix(id, "work-"):
				d.checkBars(t)
			default:
				t.Errorf("nothing measures the drawing of %s", id)
			}
			for _, title := range find(svg, element("title")) {
				if title.Parent == svg {
					c.take(title) // the figure's own
				}
			}
		}
	}
	if drawings != 24 { // 12, each for a desk and for a telephone
		t.Errorf("%d drawings, want 24", drawings)
	}
}

// path is a mark with places; words is one with a text at (x, y).
type path struct {
	hint, fill, stroke string
	points             [][2]float64
}

type wordsAt struct {
	said, fill string
	x, y       float64
}

var numbers = regexp.MustCompile(`-?[0-9.]+`)

func (d drawn) paths(class string) (found []path) {
	for _, n := range find(d.svg, element("path")) {
		if attribute(n, "class") != class {
			continue
		}
		p := path{hint: d.take(n), fill: attribute(n, "fill"), stroke: attribute(n, "stroke")}
		places := numbers.FindAllString(attribute(n, "d"), -1)
		for i := 0; i+1 < len(places); i += 2 {
			p.points = append(p.points, [2]float64{float(places[i]), float(places[i+1])})
		}
		found = append(found, p)
	}
	return found
}

// texts are those of a class with an anchor.
func (d drawn) texts(class, anchor string) (found []wordsAt) {
	for _, n := range find(d.svg, element("text")) {
		if attribute(n, "class") == class && attribute(n, "text-anchor") == anchor {
			found = append(found, wordsAt{d.take(n), attribute(n, "fill"), float(attribute(n, "x")), float(attribute(n, "y"))})
		}
	}
	return found
}

func float(text string) float64 {
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return math.NaN()
	}
	return x
}

// scale tells where a value lies, by the first and the last mark of an axis, and holds those between to it.
func (d drawn) scale(t *testing.T, marks []wordsAt, place func(wordsAt) float64) func(float64) float64 {
	t.Helper()
	if len(marks) < 2 {
		t.Fatalf("%s has an axis with %d marks", d.figure, len(marks))
	}
	value := func(m wordsAt) float64 {
		plain := strings.ReplaceAll(m.said, d.thousands, "")
		if share, isShare := strings.CutSuffix(plain, "%"); isShare {
			return float(share) / 100
		}
		return float(plain)
	}
	first, last := marks[0], marks[len(marks)-1]
	at := func(v float64) float64 {
		return place(first) + (v-value(first))/(value(last)-value(first))*(place(last)-place(first))
	}
	for i, m := range marks {
		if math.Abs(at(value(m))-place(m)) > near || i > 0 && value(m) <= value(marks[i-1]) {
			t.Errorf("%s: the mark %q of an axis is not in its place", d.figure, m.said)
		}
	}
	if value(first) != 0 {
		t.Errorf("%s: an axis begins at %s", d.figure, first.said)
	}
	return at
}

func (d drawn) same(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= near) {
		t.Errorf("%s: %s lies at %.1f, want %.1f", d.figure, what, got, want)
	}
}

func (d drawn) answer(kind string) dbttest.Answer { return d.answers[d.figure+"."+kind] }

// checkLines measures every point of every line, the names at their ends, and the published figures.
func (d drawn) checkLines(t *testing.T) {
	t.Helper()
	left := d.texts("", "end")
	atY := d.scale(t, left, func(m wordsAt) float64 { return m.y - 4 })
	atX := d.scale(t, d.texts("", "middle"), func(m wordsAt) float64 { return m.x })
	want := map[string][][2]float64{}
	for _, row := range d.answer("lines").Rows {
		name := row[0].(string)
		want[name] = append(want[name], [2]float64{atX(d.float(row[1])), atY(d.float(row[2]))})
	}
	lines, names := d.paths("line"), d.texts("end", "start")
	if len(lines) != len(want) || len(names) != len(want) || len(want) == 0 {
		t.Errorf("%s has %d lines with %d names, want %d", d.figure, len(lines), len(names), len(want))
	}
	for _, line := range lines {
		d.samePoints(t, "line "+line.hint, line.points, want[line.hint])
		if i := slices.IndexFunc(names, func(n wordsAt) bool { return n.said == line.hint }); i < 0 || names[i].fill != line.stroke {
			t.Errorf("%s: line %s has another name at its end", d.figure, line.hint)
		}
	}
	dots, labels := d.paths("dot"), d.texts("mark-label", "middle")
	if rows := d.answer("dots").Rows; len(dots) != len(rows) || len(labels) != len(rows) {
		t.Errorf("%s has %d published figures, want %d", d.figure, len(dots), len(rows))
		return
	}
	for i, row := range d.answer("dots").Rows {
		x, y := atX(d.float(row[2])), atY(d.float(row[3]))
		if dots[i].hint != d.pieces(row[0].(string)) || labels[i].said != row[1] {
			t.Errorf("%s: a published figure says %q and %q", d.figure, dots[i].hint, labels[i].said)
		}
		d.same(t, "a published figure", dots[i].points[0][0], x)
		d.same(t, "a published figure", (dots[i].points[0][1]+dots[i].points[2][1])/2, y)
		d.same(t, "its label", labels[i].x, x)
	}
}

func (d drawn) samePoints(t *testing.T, what string, got, want [][2]float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %s has %d points, want %d", d.figure, what, len(got), len(want))
		return
	}
	for i := range got {
		d.same(t, what, got[i][0], want[i][0])
		d.same(t, what, got[i][1], want[i][1])
	}
}

// checkLayers measures every layer in every month, from its lower to its upper edge.
func (d drawn) checkLayers(t *testing.T) {
	t.Helper()
	atY := d.scale(t, d.texts("", "end"), func(m wordsAt) float64 { return m.y - 4 })
	layers, years := d.paths("layer"), d.texts("", "middle")
	if len(layers) != 9 {
		t.Fatalf("%s has %d layers", d.figure, len(layers))
	}
	values, months := d.byLayer()
	for i, month := range months {
		base := 0.0
		for _, layer := range layers {
			if len(layer.points) != 2*len(months) {
				t.Fatalf("%s: layer %s has %d points for %d months", d.figure, layer.hint, len(layer.points), len(months))
			}
			top, bottom := layer.points[i], layer.points[2*len(months)-1-i]
			d.same(t, layer.hint+" from", bottom[1], atY(base))
			base += values[layer.hint][month]
			d.same(t, layer.hint+" to", top[1], atY(base))
			first, last := layer.points[0][0], layer.points[len(months)-1][0]
			d.same(t, layer.hint+" month", top[0], first+float64(i)/float64(len(months)-1)*(last-first))
		}
		if len(years) > 0 && month == years[0].said+"-01-01" {
			d.same(t, "year "+years[0].said, years[0].x, layers[0].points[i][0])
			years = years[1:]
		}
	}
	if len(years) > 0 {
		t.Errorf("%s has marks of %d years more", d.figure, len(years))
	}
	d.checkYears(t, months)
}

// checkYears holds that years are named one and all, or every second, fifth or tenth.
func (d drawn) checkYears(t *testing.T, months []string) {
	t.Helper()
	var named []int
	for _, year := range d.texts("", "middle") {
		named = append(named, int(float(year.said)))
	}
	if len(named) < 2 {
		t.Fatalf("%s names the years %v", d.figure, named)
	}
	step := named[1] - named[0]
	first, last := int(float(months[0][:4])), int(float(months[len(months)-1][:4]))
	for i, year := range named {
		if year != named[0]+i*step {
			t.Errorf("%s names the years %v", d.figure, named)
		}
	}
	if named[0]-first > step || last-named[len(named)-1] > step {
		t.Errorf("%s names the years %v of %d to %d", d.figure, named, first, last)
	}
}

// byLayer are the people of each layer by month, and the months in order.
func (d drawn) byLayer() (values map[string]map[string]float64, months []string) {
	values = map[string]map[string]float64{}
	for _, row := range d.answer("layers").Rows {
		name, month := "", ""
		for i, column := range d.answer("layers").Columns {
			switch column {
			case "name":
				name = d.words([]string{row[i].(string)})
			case "month":
				month = row[i].(string)
			}
		}
		if values[name] == nil {
			values[name] = map[string]float64{}
		}
		values[name][month] = d.float(row[len(row)-1])
		if len(months) == 0 || months[len(months)-1] != month {
			months = append(months, month)
		}
	}
	return values, months
}

// checkRanges measures the bars of waits from the first quartile to the third, and the notch of the median.
func (d drawn) checkRanges(t *testing.T) {
	t.Helper()
	at := d.scale(t, d.texts("", "middle"), func(m wordsAt) float64 { return m.x })
	names, bars, notches := d.texts("axis", "end"), d.paths(""), d.paths("median")
	rows := d.answer("bars").Rows
	if len(bars) != len(rows) || len(notches) != len(rows) || len(names) != len(rows)+1 { // one more: what the axis is
		t.Errorf("%s has %d bars, want %d", d.figure, len(bars), len(rows))
		return
	}
	for i, row := range rows {
		p25, median, p75 := d.float(row[1]), d.float(row[2]), d.float(row[3])
		said := row[0].(string) + ": " + strconv.Itoa(int(p25)) + " – " + strconv.Itoa(int(median)) + " – " + strconv.Itoa(int(p75))
		if names[i].said != row[0] || bars[i].hint != said {
			t.Errorf("%s: a bar %s says %q, want %q", d.figure, names[i].said, bars[i].hint, said)
		}
		d.same(t, said, bars[i].points[0][0], at(p25))
		d.same(t, said, bars[i].points[1][0], math.Max(at(p25)+1.5, at(p75)))
		d.same(t, said, notches[i].points[0][0], at(median))
		if names[i].y < bars[i].points[0][1] || names[i].y > bars[i].points[2][1] {
			t.Errorf("%s: the name of %s stands beside another bar", d.figure, names[i].said)
		}
	}
}

// checkBars measures the bars of shares: all lengths have one scale, and each says its share.
func (d drawn) checkBars(t *testing.T) {
	t.Helper()
	names, bars, shares := append(d.texts("axis", "end"), d.texts("axis", "start")...), d.paths(""), d.texts("", "start")
	rows := d.answer("shares").Rows
	if len(names) != len(rows) || len(bars) != 2*len(rows) || len(shares) != len(bars) || len(rows) == 0 {
		t.Errorf("%s has %d bars with %d shares, want %d", d.figure, len(bars), len(shares), 2*len(rows))
		return
	}
	longest, scale := 0.0, 0.0
	for i := range bars {
		if x := d.float(rows[i/2][1+i%2]); x > longest {
			longest, scale = x, (bars[i].points[1][0]-bars[i].points[0][0])/x
		}
	}
	for i, bar := range bars {
		share := d.float(rows[i/2][1+i%2])
		if shares[i].said != d.percent(share) || names[i/2].said != d.pieces(rows[i/2][0].(string)) || bar.fill != bars[i%2].fill {
			t.Errorf("%s: bar %d of %s says %s, want %s", d.figure, i%2, names[i/2].said, shares[i].said, d.percent(share))
		}
		d.same(t, "a bar", bar.points[1][0]-bar.points[0][0], math.Max(1, share*scale))
		if shares[i].y < bar.points[0][1] || shares[i].y > bar.points[2][1]+1 {
			t.Errorf("%s: share %s stands beside another bar", d.figure, shares[i].said)
		}
	}
	if bars[0].fill == bars[1].fill {
		t.Errorf("%s: both groups have one color", d.figure)
	}
}
