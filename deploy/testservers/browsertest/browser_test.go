package browsertest_test

import (
	"slices"
	"strings"
	"testing"

	"doorstroom/deploy/testservers/browsertest"
)

// TestSeeFindsWhatReadersMeet shows a page with one of each fault.
func TestSeeFindsWhatReadersMeet(t *testing.T) {
	const page = `<!DOCTYPE html><html lang="nl"><head><title>Een bladzijde</title><style>
		small { font-size: 5px } @media print { summary { display: none } h2 { break-after: avoid } }
		</style></head><body><div>buiten een landmark</div><main><h1>Kop</h1><h2>Kop</h2><small>klein</small>
		<figure id="f"><div class="scroll" style="width:100px;overflow:auto" tabindex="0" role="region" aria-label="t"><div style="width:300px">breed</div></div></figure>
		<figure id="g"><div class="scroll" style="width:100px;overflow:hidden"><table style="width:300px"><tr><td style="width:40px">in zicht</td><td class="text">voorbehoud</td></tr></table></div></figure>
		<svg class="drawing" width="200" height="40" viewBox="0 0 200 40" role="img" aria-label="d"><text x="10" y="20">een</text><text x="14" y="22">twee</text><text x="190" y="20">afgesneden</text></svg>
		<svg width="96" height="10" viewBox="0 0 960 100" role="img" aria-label="s"><text y="50" style="font-size:40px">x</text></svg>
		<details><summary>meer</summary>x</details><p style="width:500px">te breed</p></main></body></html>`
	seen := browsertest.See(t, page, browsertest.View{Width: 390, Height: 800})
	if !slices.ContainsFunc(seen.Violations, func(v browsertest.Violation) bool { return v.Rule == "region" }) {
		t.Errorf("axe found no text outside a landmark: %v", seen.Violations)
	}
	if seen.Width != 390 || seen.Content < 500 || seen.SmallestText != 5 || seen.SmallestDrawn != 4 {
		t.Errorf("the window is %.0f, the page %.0f wide; letters are %.1f and %.1f high", seen.Width, seen.Content, seen.SmallestText, seen.SmallestDrawn)
	}
	if len(seen.Scrolls) != 2 || !seen.Scrolls[0].Overflows || seen.Scrolls[0].Tells {
		t.Errorf("what scrolls is %+v", seen.Scrolls)
	}
	if len(seen.Cut) != 2 || !strings.Contains(seen.Cut[0], "voorbehoud") || !strings.Contains(seen.Cut[1], "afgesneden") {
		t.Errorf("cut off are %q", seen.Cut)
	}
	if seen.Drawings != 1 || len(seen.Overlaps) != 1 || !strings.Contains(seen.Overlaps[0], "een and twee") {
		t.Errorf("of %d drawings %q overlap", seen.Drawings, seen.Overlaps)
	}
	if len(seen.Shown) != 1 || len(seen.Parted) != 1 {
		t.Errorf("shown %q, parted %q", seen.Shown, seen.Parted)
	}
	paper := browsertest.See(t, page, browsertest.View{Width: 703, Height: 1000, Print: true})
	if len(paper.Shown) != 0 || len(paper.Parted) != 0 {
		t.Errorf("on paper: shown %q, parted %q", paper.Shown, paper.Parted)
	}
	if pdf := browsertest.Print(t, page); !strings.HasPrefix(string(pdf), "%PDF") {
		t.Error("what was printed is not a PDF")
	}
}
