package browsertest

import (
	_ "embed"
	"encoding/json"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

//go:embed probe.js
var probe string

// View is how a page is looked at.
type View struct {
	Width, Height int
	// Print lays the page out by its rules for paper, on paper of this width.
	Print bool
}

// Seen is what a reader meets in a page.
type Seen struct {
	Violations []Violation
	// Width is that of the window, Content that of all there is; more than the window is cut off or scrolls away.
	Width, Content float64
	// SmallestText and SmallestDrawn are the heights of letters as shown, in pixels of CSS; drawn ones are those of drawings.
	SmallestText, SmallestDrawn float64
	Scrolls                     []Scroll
	// Drawings is how many of them show. Cut are texts of tables and drawings that reach beyond what shows of them, though
	// nothing tells that it scrolls; texts in words, such as reservations, may not be scrolled away at all. Overlaps are
	// texts of one drawing that lie over one another.
	Drawings      int
	Cut, Overlaps []string
	Shown         []string // texts of summaries and hints that show
	// Parted are headings and captions after which a page of paper may end.
	Parted []string
	Title  string
	Font   string
	First  string // text of the first element that shows
}

// Violation is a rule of axe-core that elements of the page break.
type Violation struct {
	Rule, Help string
	Where      []string
}

// Scroll is a part that may be wider than its place.
type Scroll struct {
	Name      string
	Overflows bool
	Tells     bool // that there is more beside what it shows
}

// See shows a page, a whole HTML document, and waits until it is looked over.
func See(t testing.TB, page string, v View) Seen {
	t.Helper()
	root := projectRoot(t)
	axe, err := os.ReadFile(filepath.Join(root, ".tools", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatalf("axe-core is not installed, run 'make tools': %v", err)
	}
	if v.Print {
		page = strings.NewReplacer("@media print", "@media all", "@media screen", "@media not all").Replace(page)
	}
	page = strings.Replace(page, "</body>", "<script>"+string(axe)+"</script><script>"+probe+"</script></body>", 1)
	out := run(t, root, page, v, "--virtual-time-budget=120000", "--dump-dom")
	found := regexp.MustCompile(`data-seen="([^"]*)"`).FindStringSubmatch(string(out))
	if found == nil {
		t.Fatalf("the page was not looked over to its end; the browser gave %d bytes", len(out))
	}
	var seen Seen
	if err := json.Unmarshal([]byte(html.UnescapeString(found[1])), &seen); err != nil {
		t.Fatalf("what was seen cannot be read: %v", err)
	}
	return seen
}

// Print gives the page as PDF on paper of its own choice.
func Print(t testing.TB, page string) []byte {
	t.Helper()
	to := filepath.Join(t.TempDir(), "page.pdf")
	run(t, projectRoot(t), page, View{Width: 1280, Height: 1000}, "--no-pdf-header-footer", "--print-to-pdf="+to)
	pdf, err := os.ReadFile(to)
	if err != nil {
		t.Fatalf("the browser printed nothing: %v", err)
	}
	return pdf
}

func run(t testing.TB, root, page string, v View, args ...string) []byte {
	t.Helper()
	browser := filepath.Join(root, ".tools", "chromium", "chromium-headless-shell")
	if _, err := os.Stat(browser); err != nil {
		t.Fatalf("headless Chromium is not installed, run 'make tools': %v", err)
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "page.html")
	if err := os.WriteFile(path, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	// Without a sandbox, which not every machine lets a test have: the page is our own.
	args = append([]string{"--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--user-data-dir=" + filepath.Join(dir, "profile"),
		"--window-size=" + strconv.Itoa(v.Width) + "," + strconv.Itoa(v.Height)}, args...)
	cmd := exec.CommandContext(t.Context(), browser, append(args, "file://"+path)...)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("the browser failed: %v\n%s", err, stderr.String())
	}
	return out
}

// projectRoot is the folder of go.mod, above the folder of the test.
func projectRoot(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
	}
	t.Fatal("no go.mod above the folder of the test")
	return ""
}
