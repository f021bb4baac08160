package report_test

import (
	"testing"

	"doorstroom/pipelines/report"
)

// TestLayout shows a page of the size of a real one, whose people are made up, in a browser: nothing hidden, nothing over
// something else, and the mark on every part that may be copied alone.
func TestLayout(t *testing.T) {
	page, err := report.MadePage()
	if err != nil {
		t.Fatal(err)
	}
	checkSigned(t, string(page), "Synthetische personen: verzonnen, niet echt.")
	checkInBrowser(t, string(page))
}
