package synth

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"doorstroom/connectors/synth/calendar"
	"doorstroom/connectors/synth/population"
)

// TestPageListsTheTraps holds the page to the rates in the program.
func TestPageListsTheTraps(t *testing.T) {
	page, err := os.ReadFile("../../docs/synthetic_population.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, trap := range Traps() {
		line := fmt.Sprintf("| %s | %.4g %% of %s | %s |", trap.Name, 100*trap.Rate, trap.Of, trap.How)
		if !strings.Contains(string(page), line) {
			t.Errorf("docs/synthetic_population.md lacks the line\n%s", line)
		}
	}
}

func BenchmarkLive(b *testing.B) {
	p := population.NewPerson(population.NewModel(1, calendar.DayOf(2026, 6, 30), 100_000))
	for n := 0; b.Loop(); n++ {
		p.Live(n % 100_000)
	}
}
