package report

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Every drawing is made twice, in pixels of the screen it is for, so that its letters are never small: one for a desk and
// for paper, one for a telephone. The page shows the one that fits.
const (
	wide   = 960
	narrow = 360
)

// drawing is an SVG picture as a list of marks. Title and Desc are what a screen reader reads in its place.
type drawing struct {
	ID, Title, Desc string
	Width, Height   int
	Marks           []mark
}

// mark is a path when Path is set, else a text at (X, Y). Hint is what shows on pointing at it.
type mark struct {
	Class, Path, Fill, Stroke, Hint string
	X, Y, Text, Anchor              string
	Rest                            string // of the text, on a second line
}

func newDrawing(width, height int, id, title, desc string) *drawing {
	d := &drawing{ID: id, Title: title, Desc: desc, Width: width, Height: height}
	if d.Narrow() {
		d.ID += "-narrow"
	}
	return d
}

// Narrow tells whether it is the one for a telephone.
func (d *drawing) Narrow() bool { return d.Width == narrow }

// sign writes beneath the drawing what a copy of it must not lose.
func (d *drawing) sign(text string) {
	d.Height += 22
	d.text("sign", 8, float64(d.Height-7), "start", text)
}

func (d *drawing) path(class, path string) *mark {
	d.Marks = append(d.Marks, mark{Class: class, Path: path})
	return &d.Marks[len(d.Marks)-1]
}

func (d *drawing) text(class string, x, y float64, anchor, text string) *mark {
	d.Marks = append(d.Marks, mark{Class: class, X: coordinate(x), Y: coordinate(y), Anchor: anchor, Text: text})
	return &d.Marks[len(d.Marks)-1]
}

// coordinate is a number with at most one decimal, so that the same data give the same bytes everywhere.
func coordinate(x float64) string {
	return strconv.FormatFloat(math.Round(x*10)/10, 'f', -1, 64)
}

func point(x, y float64) string { return coordinate(x) + " " + coordinate(y) }

// polyline joins points; closed shapes end with a Z.
func polyline(points [][2]float64, closed bool) string {
	var b strings.Builder
	for i, p := range points {
		b.WriteString(map[bool]string{true: "M", false: "L"}[i == 0])
		b.WriteString(point(p[0], p[1]))
	}
	if closed {
		b.WriteString("Z")
	}
	return b.String()
}

func rectangle(x, y, width, height float64) string {
	return polyline([][2]float64{{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}}, true)
}

func diamond(x, y, size float64) string {
	return polyline([][2]float64{{x, y - size}, {x + size, y}, {x, y + size}, {x - size, y}}, true)
}

// frame is the plane of a chart: data coordinates to places in the drawing.
type frame struct {
	left, top, width, height float64
	maxX, maxY               float64
}

func (f frame) x(v float64) float64 { return f.left + v/f.maxX*f.width }
func (f frame) y(v float64) float64 { return f.top + f.height - v/f.maxY*f.height }

// gridY draws a horizontal line with its label for every step up to the top.
func (d *drawing) gridY(f frame, step float64, label func(float64) string) {
	for i := 0; float64(i)*step <= f.maxY*1.0001; i++ {
		v := float64(i) * step
		class := "grid"
		if i == 0 {
			class = "base"
		}
		d.path(class, polyline([][2]float64{{f.left, f.y(v)}, {f.left + f.width, f.y(v)}}, false))
		d.text("", f.left-8, f.y(v)+4, "end", label(v))
	}
}

// niceStep is 1, 2 or 5 times a power of ten, such that at most six steps reach the top.
func niceStep(top float64) float64 {
	if top <= 0 {
		return 1
	}
	power := math.Pow(10, math.Floor(math.Log10(top/6)))
	for _, m := range []float64{1, 2, 5, 10} {
		if m*power*6 >= top {
			return m * power
		}
	}
	return 10 * power
}

// roundUp is the first multiple of step at or above v.
func roundUp(v, step float64) float64 { return math.Max(step, math.Ceil(v/step-1e-9)*step) }

// ramp is the color of the i-th of n things in an order, dark violet to green; each has contrast 3:1 or more on white.
func ramp(i, n int) string {
	stops := [][3]float64{{68, 1, 84}, {49, 104, 142}, {31, 148, 104}}
	t := 0.0
	if n > 1 {
		t = float64(i) / float64(n-1) * float64(len(stops)-1)
	}
	low := min(int(t), len(stops)-2)
	var rgb [3]int
	for c := range rgb {
		rgb[c] = int(math.Round(stops[low][c] + (t-float64(low))*(stops[low+1][c]-stops[low][c])))
	}
	return fmt.Sprintf("#%02x%02x%02x", rgb[0], rgb[1], rgb[2])
}
