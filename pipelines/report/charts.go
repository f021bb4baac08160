package report

import (
	"fmt"
	"math"
)

// series is a line of a chart: places (x, y) in data coordinates, x rising.
type series struct {
	name, color string
	points      [][2]float64
}

// dot is a published figure in a chart of lines.
type dot struct {
	x, y       float64
	text, hint string
}

// dotSize is half of what a published figure measures in a drawing.
const dotSize = 5.5

// lineChart draws shares (y, 0 to 1) by months since the permit (x).
func lineChart(width int, id, title, desc, xTitle string, lines []series, dots []dot) *drawing {
	d := newDrawing(width, 440, id, title, desc)
	f := frame{left: 52, top: 14, width: float64(width - 110), height: 368, maxX: 12, maxY: 0.1}
	for _, line := range lines {
		for _, p := range line.points {
			f.maxX, f.maxY = math.Max(f.maxX, p[0]), math.Max(f.maxY, p[1])
		}
	}
	for _, p := range dots {
		f.maxX, f.maxY = math.Max(f.maxX, p.x), math.Max(f.maxY, p.y)
	}
	step := math.Max(niceStep(f.maxY), 0.02)
	f.maxX, f.maxY = roundUp(f.maxX, 12), roundUp(f.maxY, step)
	d.gridY(f, step, func(v float64) string { return fmt.Sprintf("%.0f%%", v*100) })
	year := 12.0
	for x := 0.0; x <= f.maxX; x += year * float64(every(f.x(year)-f.x(0), 3)) {
		d.path("base", polyline([][2]float64{{f.x(x), f.y(0)}, {f.x(x), f.y(0) + 5}}, false))
		d.text("", f.x(x), f.y(0)+20, "middle", fmt.Sprintf("%.0f", x))
	}
	d.text("axis", f.left+f.width, f.y(0)+44, "end", xTitle)
	var ends []endLabel
	for _, line := range lines {
		if len(line.points) == 0 {
			continue
		}
		places := make([][2]float64, len(line.points))
		for i, p := range line.points {
			places[i] = [2]float64{f.x(p[0]), f.y(p[1])}
		}
		m := d.path("line", polyline(places, false))
		m.Stroke, m.Hint = line.color, line.name
		last := places[len(places)-1]
		ends = append(ends, endLabel{last[0], last[1], line.name, line.color})
	}
	for _, p := range dots {
		d.path("dot", diamond(f.x(p.x), f.y(p.y), dotSize)).Hint = p.hint
	}
	d.nameLines(f, ends, dots)
	return d
}

// layer is one band of a stacked chart: a value for every place on the x axis.
type layer struct {
	name, color string
	values      []float64
}

// areaChart stacks layers, the first one below. Years are named on the x axis where they begin, by the index of that place.
func areaChart(width int, id, title, desc string, layers []layer, years map[int]int, count func(uint64) string) *drawing {
	d := newDrawing(width, 440, id, title, desc)
	n := len(layers[0].values)
	base := make([]float64, n)
	top := 0.0
	for i := range n {
		sum := 0.0
		for _, l := range layers {
			sum += l.values[i]
		}
		top = math.Max(top, sum)
	}
	step := math.Max(niceStep(top), 1) // there are no halves of people
	f := frame{left: 70, top: 12, width: float64(width - 84), height: 386, maxX: math.Max(1, float64(n-1)), maxY: roundUp(top, step)}
	d.gridY(f, step, func(v float64) string { return count(uint64(math.Round(v))) })
	for _, l := range layers {
		outline := make([][2]float64, 0, 2*n)
		for i, v := range l.values {
			outline = append(outline, [2]float64{f.x(float64(i)), f.y(base[i] + v)})
		}
		for i := n - 1; i >= 0; i-- {
			outline = append(outline, [2]float64{f.x(float64(i)), f.y(base[i])})
		}
		m := d.path("layer", polyline(outline, true))
		m.Fill, m.Hint = l.color, l.name
		for i, v := range l.values {
			base[i] += v
		}
	}
	d.nameYears(f, n, years)
	return d
}

// nameYears names as many of the years beneath n months as have room.
func (d *drawing) nameYears(f frame, n int, years map[int]int) {
	named := every(f.x(12)-f.x(0), 4)
	for i := range n {
		if year, there := years[i]; there && year%named == 0 {
			d.path("base", polyline([][2]float64{{f.x(float64(i)), f.y(0)}, {f.x(float64(i)), f.y(0) + 5}}, false))
			d.text("", f.x(float64(i)), f.y(0)+20, "middle", fmt.Sprint(year))
		}
	}
}

// span is a row of a range chart: quartiles of a wait, in days.
type span struct {
	name             string
	p25, median, p75 float64
}

// rangeChart draws for each row a bar from the first to the third quartile, with the median as a notch.
func rangeChart(width int, id, title, desc, xTitle string, rows []span, count func(uint64) string) *drawing {
	const tall = 26
	d := newDrawing(width, 66+tall*len(rows), id, title, desc)
	f := frame{left: 50, top: 8, width: float64(width - 80), height: float64(tall * len(rows)), maxX: 1, maxY: 1}
	for _, r := range rows {
		f.maxX = math.Max(f.maxX, r.p75)
	}
	step := math.Max(niceStep(f.maxX), 1) // nor of days
	f.maxX = roundUp(f.maxX, step)
	step *= float64(every(step/f.maxX*f.width, len(count(uint64(f.maxX)))))
	bottom := f.top + f.height
	for x := 0.0; x <= f.maxX*1.0001; x += step {
		d.path("grid", polyline([][2]float64{{f.x(x), f.top}, {f.x(x), bottom}}, false))
		d.text("", f.x(x), bottom+18, "middle", count(uint64(math.Round(x))))
	}
	for i, r := range rows {
		y := f.top + float64(i*tall)
		d.text("axis", f.left-10, y+17, "end", r.name)
		bar := d.path("", rectangle(f.x(r.p25), y+5, math.Max(1.5, f.x(r.p75)-f.x(r.p25)), tall-10))
		bar.Fill = "#3178b0"
		bar.Hint = fmt.Sprintf("%s: %.0f – %.0f – %.0f", r.name, r.p25, r.median, r.p75)
		d.path("median", polyline([][2]float64{{f.x(r.median), y + 5}, {f.x(r.median), y + tall - 5}}, false))
	}
	d.text("axis", f.left+f.width, bottom+42, "end", xTitle)
	return d
}

// barRow is a row of a bar chart with one share per group.
type barRow struct {
	name   string
	shares []*float64
}

// barChart draws the shares of several groups side by side, each in its own color, with the number at its end.
func barChart(width int, id, title, desc string, rows []barRow, colors []string, percent func(*float64) string) *drawing {
	const thin, line = 15, 16
	above, tall := 0, thin*len(colors)+12
	f := frame{left: 370, top: 6, width: float64(width - 440), maxX: 0.1, maxY: 1}
	if width == narrow { // names stand above their bars, on one line or two
		above = 2*line + 4
		f.left, f.width = 8, narrow-78
	}
	tall += above
	d := newDrawing(width, 14+tall*len(rows), id, title, desc)
	f.height = float64(tall * len(rows))
	for _, r := range rows {
		for _, s := range r.shares {
			if s != nil {
				f.maxX = math.Max(f.maxX, *s)
			}
		}
	}
	d.path("base", polyline([][2]float64{{f.left, f.top}, {f.left, f.top + f.height}}, false))
	for i, r := range rows {
		y := f.top + float64(i*tall+above)
		d.nameBar(f, r.name, y, float64(tall-above), line)
		for g, s := range r.shares {
			if s == nil {
				continue
			}
			top := y + 6 + float64(g*thin)
			m := d.path("", rectangle(f.left, top, math.Max(1, f.x(*s)-f.left), thin-2))
			m.Fill = colors[g]
			d.text("", f.x(*s)+6, top+11, "start", percent(s))
		}
	}
	return d
}

// nameBar writes the name of a row that begins at y: left of its bars, or above them.
func (d *drawing) nameBar(f frame, name string, y, tall, line float64) {
	first, rest := split(name, 48)
	up := 0.0
	if rest != "" {
		up = line
	}
	if d.Narrow() {
		d.text("axis", f.left+4, y-up, "start", first).Rest = rest
		return
	}
	d.text("axis", f.left-10, y+tall/2+4-up/2, "end", first).Rest = rest
}
