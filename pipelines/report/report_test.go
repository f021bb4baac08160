package report_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"doorstroom/dbt/dbttest"
	"doorstroom/deploy/testservers/browsertest"
	"doorstroom/pipelines/report"
	"doorstroom/schemas"
)

var juneEdition = schemas.DateOf(2026, 6, 30)

// TestReportOfBuiltMarts writes the report from marts that dbt built of synthetic facts, and reads it as its readers would.
func TestReportOfBuiltMarts(t *testing.T) {
	w := dbttest.Start(t)
	t.Run("nothing was ever built", func(t *testing.T) {
		_, err := report.Write(t.Context(), w, report.Options{Edition: juneEdition, OutDir: t.TempDir()})
		var none *report.ErrNoEdition
		if !errors.As(err, &none) || len(none.Standing) != 0 {
			t.Errorf("error = %v", err)
		}
	})
	w.Deliver(t)
	w.Fill(t, "2026-06-30", "3000")
	w.MustBuild(t, "2026-06-30", "--exclude-resource-type", "unit_test")
	page := mustWrite(t, w, report.Options{Edition: juneEdition, OutDir: filepath.Join(t.TempDir(), "a folder", "deeper")})

	t.Run("again", func(t *testing.T) {
		if again := mustWrite(t, w, report.Options{Edition: juneEdition, OutDir: t.TempDir()}); again != page {
			t.Error("the same marts gave other bytes")
		}
	})
	t.Run("no such edition", func(t *testing.T) {
		dir := t.TempDir()
		_, err := report.Write(t.Context(), w, report.Options{Edition: schemas.DateOf(2026, 5, 31), OutDir: dir})
		var none *report.ErrNoEdition
		if !errors.As(err, &none) || fmt.Sprint(none.Standing) != "[2026-06-30]" || !strings.Contains(err.Error(), "2026-06-30") {
			t.Errorf("error = %v", err)
		}
		if files, _ := os.ReadDir(dir); len(files) > 0 {
			t.Errorf("files of an edition that is not there: %v", files)
		}
	})
	t.Run("self-contained", func(t *testing.T) { checkSelfContained(t, page) })
	t.Run("well formed", func(t *testing.T) { checkDrawings(t, page) })
	t.Run("says what it must", func(t *testing.T) {
		for _, text := range []string{
			`<html lang="nl">`, "Voor intern gebruik.", "30 juni 2026", "31 maart 2026", "versie 1",
			"Zelfstandigen staan niet in deze bronnen", "veel minder regels dan vorige keer", "tabel marts.cohort_by_k, editie 2026-06-30",
		} {
			if !strings.Contains(page, text) {
				t.Errorf("the report lacks %q", text)
			}
		}
	})
	t.Run("numbers are those of the marts", func(t *testing.T) {
		people := w.Number(t, "SELECT persons_with_permit FROM marts.editions")
		if want := fmt.Sprintf("<dd>%d.%03d</dd>", people/1000, people%1000); !strings.Contains(page, want) {
			t.Errorf("the head lacks %s", want)
		}
		working := w.Number(t, `SELECT toUInt64(round(working_share_initial * 1000)) FROM marts.cohort_by_k
			WHERE dimension = 'total' AND cohort = 2016 AND k = 36`)
		row := regexp.MustCompile(`<tr><th scope="row">2016</th>.*`).FindString(unlabelled(page))
		if want := fmt.Sprintf("<td>%d,%d%%</td>", working/10, working%10); !strings.Contains(row, want) {
			t.Errorf("cohort 2016 at 36 months should be %s in %s", want, row)
		}
	})
	t.Run("words that readers know", func(t *testing.T) { checkWords(t, page) })
	t.Run("waits are those of the mart", func(t *testing.T) { checkWaits(t, w, page) })
	t.Run("what nobody can reach has no share", func(t *testing.T) { checkReached(t, page) })
	t.Run("beside published figures", func(t *testing.T) { checkBeside(t, w, page) })
	t.Run("real people", func(t *testing.T) {
		if strings.Contains(page, "erzonnen") || strings.Contains(page, "ynthetisch") {
			t.Error("the report says that somebody is made up")
		}
	})
	t.Run("in a browser", func(t *testing.T) { checkInBrowser(t, page) })
	t.Run("made-up people", func(t *testing.T) { checkMadeUp(t, w) })
	t.Run("no persons", func(t *testing.T) {
		if found := regexp.MustCompile(`\b[vb][a-z0-9]{26}\b`).FindString(page); found != "" {
			t.Error("the report holds something like a pseudonym")
		}
	})
	t.Run("English", func(t *testing.T) {
		english := mustWrite(t, w, report.Options{Edition: juneEdition, OutDir: t.TempDir(), Lang: "en"})
		if !strings.Contains(english, `<html lang="en">`) || !strings.Contains(english, "For internal use.") {
			t.Error("not in English")
		}
	})
}

// unlabelled is the page without the names that values have when their row folds.
func unlabelled(page string) string {
	return regexp.MustCompile(` data-label="[^"]*"`).ReplaceAllString(page, "")
}

// checkWaits holds a median and its risk set to the mart.
func checkWaits(t *testing.T, w *dbttest.Warehouse, page string) {
	t.Helper()
	median, risk := w.Number(t, "SELECT toUInt64(assumeNotNull(days_median)) FROM marts.waiting_time WHERE from_kind = 'permit' AND to_kind = 'settled' AND cohort = 2016"),
		w.Number(t, "SELECT assumeNotNull(at_risk_median) FROM marts.waiting_time WHERE from_kind = 'permit' AND to_kind = 'settled' AND cohort = 2016")
	figure := regexp.MustCompile(`(?s)<figure id="waiting-permit-settled">.*?</figure>`).FindString(unlabelled(page))
	row := regexp.MustCompile(`<tr><th scope="row">2016</th>.*`).FindString(figure)
	if want := fmt.Sprintf("<td>%d</td><td>%d</td>", median, risk); !strings.Contains(row, want) {
		t.Errorf("half of cohort 2016 should have a home after %d days, of %d who still waited: %s", median, risk, row)
	}
}

// checkReached: not applicable is not zero.
func checkReached(t *testing.T, page string) {
	t.Helper()
	figure := regexp.MustCompile(`(?s)<figure id="reached">.*?</figure>`).FindString(page)
	before := regexp.MustCompile(`<tr><th scope="row">2014</th>.*`).FindString(figure)
	after := regexp.MustCompile(`<tr><th scope="row">2023</th>.*`).FindString(figure)
	if strings.Count(before, "niet van toepassing") != 1 || strings.Contains(after, "niet van toepassing") {
		t.Errorf("a PIP is of the Wi2021 only:\n%s\n%s", before, after)
	}
}

// checkMadeUp marks the edition and reads its report: nobody may miss that the people are made up.
func checkMadeUp(t *testing.T, w *dbttest.Warehouse) {
	t.Helper()
	w.Script(t, "ALTER TABLE ops.edition UPDATE synthetic = true WHERE edition = '2026-06-30' SETTINGS mutations_sync = 2")
	if out, err := w.DBT(t, "run", "--select", "editions", "--vars", `{"edition": "2026-06-30"}`); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	made := mustWrite(t, w, report.Options{Edition: juneEdition, OutDir: t.TempDir()})
	const print = "Verzonnen mensen. Geen enkel cijfer gaat over echte mensen."
	seen := browsertest.See(t, made, browsertest.View{Width: 1280, Height: 900})
	if !strings.HasPrefix(seen.First, "Verzonnen mensen.") || !strings.HasPrefix(seen.Title, "Verzonnen mensen: ") || len(seen.Violations) > 0 {
		t.Errorf("the page begins with %.60q under the title %q; axe: %v", seen.First, seen.Title, seen.Violations)
	}
	checkPrinted(t, made, print)
	sources := regexp.MustCompile(`<p class="source">.*`).FindAllString(made, -1)
	for _, source := range sources {
		if !strings.HasPrefix(source, `<p class="source">Verzonnen mensen. Bron: `) {
			t.Errorf("a figure does not say that its people are made up: %s", source)
		}
	}
	checkSigned(t, made, "Synthetische personen: verzonnen, niet echt.")
	if len(sources) < 20 || !strings.Contains(made, "gemaakt om op deze gepubliceerde cijfers te lijken") {
		t.Error("beside published figures it is not said that the data were made to look like them")
	}
}

// checkSigned: whoever copies a drawing or a table alone copies the mark with it.
func checkSigned(t *testing.T, page, sign string) {
	t.Helper()
	for what, pattern := range map[string]string{
		"drawing": `(?s)<svg class="drawing.*?</svg>`, "table": `(?s)<table.*?</table>`,
	} {
		parts := regexp.MustCompile(pattern).FindAllString(page, -1)
		if len(parts) < 20 || len(parts) != strings.Count(page, map[string]string{"drawing": "<svg class=\"drawing", "table": "<table"}[what]) {
			t.Errorf("only %d of what is a %s were found", len(parts), what)
		}
		visible := map[string]string{"drawing": `<text class="sign"[^>]*>`, "table": `<caption[^>]*><strong class="sign">`}[what]
		for _, part := range parts {
			if !regexp.MustCompile(visible + regexp.QuoteMeta(sign)).MatchString(part) {
				t.Errorf("a %s without the mark: %.200s", what, part)
			}
		}
	}
}

// checkWords holds the page to words that are not the program's own, and to one minus sign.
func checkWords(t *testing.T, page string) {
	t.Helper()
	text := regexp.MustCompile(`(?s)<style>.*?</style>|<path[^>]*>|<[^>]+>`).ReplaceAllString(page, "\n")
	for _, line := range strings.Split(html.UnescapeString(text), "\n") {
		if strings.HasPrefix(line, "Bron: ") {
			continue // names tables, for analysts
		}
		for _, word := range []string{"hoe veel", ">=", " mnd", "oemer", "k =", "(k)", "idem", "regels over één persoon"} {
			if strings.Contains(line, word) {
				t.Errorf("%q in %q", word, line)
			}
		}
		if found := regexp.MustCompile(`^(coa|municipality|uwv|duo|idw)_[a-z]+$|^-[0-9]`).FindString(strings.TrimSpace(line)); found != "" {
			t.Errorf("%q is not a word for readers", found)
		}
	}
	if !strings.Contains(page, "ook cijfers over één persoon") {
		t.Error("it is not said that a number may be of one person")
	}
}

// checkBeside holds the figures beside published ones to the marts with the published definition, and to a source.
func checkBeside(t *testing.T, w *dbttest.Warehouse, page string) {
	t.Helper()
	rows := regexp.MustCompile(`<tr><th scope="row">[^<]*</th><td class="text">.*`).FindAllString(
		regexp.MustCompile(`(?s)<figure id="beside-totals">.*?</figure>`).FindString(unlabelled(page)), -1)
	// 11 of who works, 2 of benefits, 1 of bijstand, 2 of work in the azc, 1 of homes, 2 of what came after bijstand.
	if len(rows) != 19 {
		t.Errorf("%d published figures, want 19", len(rows))
	}
	for what, query := range map[string]string{
		"wachtte drie maanden of langer op een woning": "SELECT toUInt64(round(1000 * waited_3_months / people)) FROM marts.settling_by_year WHERE cohort = 2022 AND settled_year = 2022",
		"werkte terwijl hij of zij in het azc woonde, na de vergunning": `SELECT toUInt64(round(1000 * sum(people_worked_after) / sum(people))) FROM marts.azc_work_by_year
			WHERE population = 'asylum' AND cohort IN (2022, 2023) AND until_year = 2023`,
	} {
		n := w.Number(t, query)
		at := slices.IndexFunc(rows, func(row string) bool { return strings.HasPrefix(row, `<tr><th scope="row">`+what+"<") })
		if want := fmt.Sprintf("<td>%d,%d%%</td>", n/10, n%10); at < 0 || !strings.Contains(rows[at], want) {
			t.Errorf("%s should be %s", what, want)
		}
	}
	for _, row := range rows {
		cells := regexp.MustCompile(`<td[^>]*>(.*?)</td>`).FindAllStringSubmatch(row, -1)
		differs, source := cells[6][1], cells[7][1]
		if !strings.HasPrefix(differs, "Gepubliceerd: ") || !strings.Contains(differs, "Deze editie: ") {
			t.Errorf("no difference of definition in %s", row)
		}
		if !regexp.MustCompile(`>(CBS|Kamerstuk 32824, nr\. 381|gelderlander\.nl; eerste bron niet bekend)`).MatchString(source) {
			t.Errorf("the source is %s", source)
		}
	}
}

func mustWrite(t *testing.T, w *dbttest.Warehouse, o report.Options) string {
	t.Helper()
	paths, err := report.Write(t.Context(), w, o)
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(paths[0])
	if err != nil {
		t.Fatal(err)
	}
	return string(page)
}

// checkSelfContained holds that opening the page fetches nothing; links that a reader may follow are fine.
func checkSelfContained(t *testing.T, page string) {
	t.Helper()
	if found := regexp.MustCompile(`(?i)<(script|link|img|iframe|object|embed)\b|\bsrc=|@import|url\(`).FindString(page); found != "" {
		t.Errorf("the page loads something: %s", found)
	}
	if strings.Contains(page, "ZgotmplZ") {
		t.Error("a value was unsafe where it stands")
	}
	if key := regexp.MustCompile(`<(h2|h3|th|td|dt|dd|p|li|span|caption|summary|text)[^>]*>[a-z_]+\.[a-z0-9_.]+<`).FindString(page); key != "" {
		t.Errorf("a text without words: %s", key)
	}
}

// checkDrawings holds that every drawing is well-formed XML with a title and a description, and is named once.
func checkDrawings(t *testing.T, page string) {
	t.Helper()
	drawings := regexp.MustCompile(`(?s)<svg class="drawing.*?</svg>`).FindAllString(page, -1)
	if len(drawings) < 20 { // each for a desk and for a telephone
		t.Errorf("only %d drawings", len(drawings))
	}
	for _, drawing := range drawings {
		decoder := xml.NewDecoder(strings.NewReader(drawing))
		for {
			if _, err := decoder.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Errorf("a drawing is broken: %v", err)
				break
			}
		}
		if !strings.Contains(drawing, "<title id=") || !strings.Contains(drawing, "<desc id=") || strings.Contains(drawing, "NaN") {
			t.Errorf("a drawing lacks words or a place: %.200s", drawing)
		}
	}
	seen := map[string]bool{}
	for _, id := range regexp.MustCompile(` id="[^"]+"`).FindAllString(page, -1) {
		if seen[id] {
			t.Errorf("two things have%s", id)
		}
		seen[id] = true
	}
}

func TestWriteRefusesAnUnknownLanguage(t *testing.T) {
	_, err := report.Write(t.Context(), nil, report.Options{Edition: juneEdition, OutDir: t.TempDir(), Lang: "fr"})
	if err == nil || !strings.Contains(err.Error(), "nl or en") {
		t.Errorf("error = %v", err)
	}
}

func TestErrNoEditionSaysWhatToDo(t *testing.T) {
	err := &report.ErrNoEdition{Edition: juneEdition, Standing: []schemas.Date{schemas.DateOf(2025, 12, 31), schemas.DateOf(2026, 3, 31)}}
	want := "there is no edition 2026-06-30: choose one of 2025-12-31, 2026-03-31, or make it with 'doorstroom run --as-of 2026-06-30'"
	if err.Error() != want {
		t.Errorf("%q, want %q", err.Error(), want)
	}
	if none := (&report.ErrNoEdition{Edition: juneEdition}).Error(); !strings.Contains(none, "none has been built yet") {
		t.Error("without any edition the message should say so")
	}
}
