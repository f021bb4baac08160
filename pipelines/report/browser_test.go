package report_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"doorstroom/deploy/testservers/browsertest"
)

// checkInBrowser looks at the page as people do: on a desk, on a telephone and on paper.
func checkInBrowser(t *testing.T, page string) {
	for name, view := range map[string]browsertest.View{
		"1280 pixels": {Width: 1280, Height: 900},
		"980 pixels":  {Width: 980, Height: 900},
		"720 pixels":  {Width: 720, Height: 900},
		"390 pixels":  {Width: 390, Height: 844},
		"paper":       {Width: 703, Height: 1000, Print: true}, // A4 less its margins, at 96 pixels an inch
	} {
		t.Run(name, func(t *testing.T) {
			seen := browsertest.See(t, page, view)
			for _, v := range seen.Violations {
				t.Errorf("axe: %s (%s) at %s", v.Rule, v.Help, strings.Join(v.Where, "\n"))
			}
			if seen.Width != float64(view.Width) || seen.Content > seen.Width {
				t.Errorf("the page is %.0f pixels wide in a window of %.0f", seen.Content, seen.Width)
			}
			if len(seen.Scrolls) < 20 || seen.Drawings != 12 {
				t.Errorf("only %d tables and %d drawings were seen", len(seen.Scrolls), seen.Drawings)
			}
			for _, cut := range seen.Cut {
				t.Errorf("cut off: %s", cut)
			}
			for _, both := range seen.Overlaps {
				t.Errorf("two texts of a drawing lie over one another: %s", both)
			}
			for _, s := range seen.Scrolls {
				if s.Overflows != s.Tells && !view.Print {
					t.Errorf("%s: goes on beside what it shows: %t, says so: %t", s.Name, s.Overflows, s.Tells)
				}
				if s.Overflows && view.Print {
					t.Errorf("%s is wider than the paper", s.Name)
				}
			}
			if view.Print {
				checkPaper(t, seen)
			} else if seen.SmallestText < 12 || seen.SmallestDrawn < 11 {
				t.Errorf("the smallest letters are %.1f pixels, in drawings %.1f", seen.SmallestText, seen.SmallestDrawn)
			}
		})
	}
}

func checkPaper(t *testing.T, seen browsertest.Seen) {
	t.Helper()
	if seen.SmallestText < 8 || seen.SmallestDrawn < 8 { // 6 points
		t.Errorf("the smallest letters are %.1f pixels, in drawings %.1f", seen.SmallestText, seen.SmallestDrawn)
	}
	if len(seen.Shown) > 0 {
		t.Errorf("on paper nobody can press or scroll: %q", seen.Shown)
	}
	if len(seen.Parted) > 0 {
		t.Errorf("a page may end after %q", seen.Parted)
	}
}

// checkPrinted prints the page: its margins must number the pages and carry the mark on each.
func checkPrinted(t *testing.T, page, mark string) {
	margins := regexp.MustCompile(`@page \{ @top-left \{ content: "([^"]*)";.*@bottom-right \{ content: "Bladzijde " counter\(page\) " van " counter\(pages\)`).FindStringSubmatch(page)
	if margins == nil || margins[1] != mark {
		t.Errorf("the margins of paper are %q, want the mark %q and page numbers", margins, mark)
	}
	pdf := browsertest.Print(t, page)
	pages := len(regexp.MustCompile(`/Type\s*/Page\b`).FindAll(pdf, -1))
	if !bytes.HasPrefix(pdf, []byte("%PDF")) || pages < 5 {
		t.Errorf("%d pages were printed", pages)
	}
}
