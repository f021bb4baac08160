package report

import (
	"math"
	"sort"
)

// Texts at marks are moved up or down until none lies over another. These are sizes of letters of 13 pixels, with room around them.
const (
	letterWidth = 7.6
	letterAbove = 12
	letterBelow = 4
)

// box is a part of the plane that is taken.
type box struct{ left, top, right, bottom float64 }

func (b box) meets(other box) bool {
	return b.left < other.right && other.left < b.right && b.top < other.bottom && other.top < b.bottom
}

// labels are the texts at marks of a drawing, between the heights top and bottom.
type labels struct {
	taken       []box
	top, bottom float64
}

// place is the height nearest to y at which a text that begins at x finds room; y itself where there is none at all.
func (l *labels) place(x, y float64, text string) float64 {
	right := x + float64(len([]rune(text)))*letterWidth
	for away := 0.0; away <= l.bottom-l.top; away++ {
		for _, at := range []float64{y - away, y + away} {
			b := box{x, at - letterAbove, right, at + letterBelow}
			if b.top >= l.top && b.bottom <= l.bottom && !l.over(b) {
				l.taken = append(l.taken, b)
				return at
			}
		}
	}
	return y
}

func (l *labels) over(b box) bool {
	for _, other := range l.taken {
		if b.meets(other) {
			return true
		}
	}
	return false
}

// endLabel is the name of a line, put at its end.
type endLabel struct {
	x, y        float64
	text, color string
}

// nameLines writes the names of lines at their ends, and then the cohorts of published figures at their diamonds.
func (d *drawing) nameLines(f frame, ends []endLabel, dots []dot) {
	l := &labels{top: 0, bottom: f.top + f.height + letterBelow}
	for _, p := range dots {
		x, y := f.x(p.x), f.y(p.y)
		l.taken = append(l.taken, box{x - dotSize, y - dotSize, x + dotSize, y + dotSize})
	}
	sort.SliceStable(ends, func(i, j int) bool { return ends[i].y < ends[j].y })
	for _, e := range ends {
		d.text("end", e.x+6, l.place(e.x+6, e.y+4, e.text), "start", e.text).Fill = e.color
	}
	for _, p := range dots {
		x, y := f.x(p.x), f.y(p.y)
		left := x - float64(len([]rune(p.text)))*letterWidth/2
		at := l.place(left, y-9, p.text)
		if math.Abs(at-(y-9)) > 2*letterAbove {
			d.path("leader", polyline([][2]float64{{x, y}, {x, at}}, false))
		}
		d.text("mark-label", x, at, "middle", p.text)
	}
}

// every is how many of the marks of an axis go to one label, so that labels of so many letters do not touch: 1, 2, 5, 10, ...
func every(apart float64, letters int) int {
	need := float64(letters+1) * letterWidth
	for power := 1; ; power *= 10 {
		for _, n := range []int{1, 2, 5} {
			if float64(n*power)*apart >= need {
				return n * power
			}
		}
	}
}

// split cuts a text that is longer than so many letters at a blank.
func split(text string, letters int) (first, rest string) {
	runes := []rune(text)
	if len(runes) <= letters {
		return text, ""
	}
	for i := letters; i > 0; i-- {
		if runes[i] == ' ' {
			return string(runes[:i]), string(runes[i+1:])
		}
	}
	return text, ""
}
