// Package images_test holds the image and the services of docker-compose.yml to what SECURITY.md says of them.
package images_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"
	"go.yaml.in/yaml/v3"
)

const top = "../.."

// pinnedImage is an image of others by tag and by a digest, which stands there or has to be given.
var pinnedImage = regexp.MustCompile(`^[a-z/-]+:[A-Za-z0-9._-]+@(sha256:[0-9a-f]{64}|\$\{[A-Z]+_DIGEST(:\?[^}]+)?\})$`)

type service struct {
	Image       string
	Build       any
	User        string
	CapDrop     []string `yaml:"cap_drop"`
	CapAdd      []string `yaml:"cap_add"`
	Security    []string `yaml:"security_opt"`
	ReadOnly    bool     `yaml:"read_only"`
	Privileged  bool
	Memory      string `yaml:"mem_limit"`
	Pids        int    `yaml:"pids_limit"`
	Ports       []string
	Healthcheck struct{ Test []string }
	NetworkMode string `yaml:"network_mode"`
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(top, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestServicesAreClosed looks at every service of docker-compose.yml.
func TestServicesAreClosed(t *testing.T) {
	var file struct{ Services map[string]service }
	if err := yaml.Unmarshal([]byte(read(t, "docker-compose.yml")), &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Services) != 3 {
		t.Fatalf("%d services, want Kafka, ClickHouse and doorstroom", len(file.Services))
	}
	for name, s := range file.Services {
		for what, holds := range map[string]bool{
			"its image is built here or pinned by digest": s.Build != nil || pinnedImage.MatchString(s.Image),
			"it runs as a user who is not root":           s.User != "" && !strings.HasPrefix(s.User, "0") && !strings.HasPrefix(s.User, "root"),
			"it drops all capabilities":                   slices.Equal(s.CapDrop, []string{"ALL"}) && len(s.CapAdd) == 0,
			"it gets no new privileges":                   slices.Contains(s.Security, "no-new-privileges:true") && !s.Privileged,
			"its file system is read-only":                s.ReadOnly,
			"its memory and processes are limited":        s.Memory != "" && s.Pids > 0,
			"its health is looked at":                     len(s.Healthcheck.Test) > 1,
			"it is on a network of its own":               s.NetworkMode == "",
			"it listens on this machine only": !slices.ContainsFunc(s.Ports, func(port string) bool {
				return !strings.HasPrefix(port, "127.0.0.1:")
			}),
		} {
			if !holds {
				t.Errorf("service %s: it does not hold that %s", name, what)
			}
		}
	}
}

// TestImageIsPinned looks at every image that the Dockerfile begins with, and at who runs what it makes. Go is the one of go.mod.
func TestImageIsPinned(t *testing.T) {
	from := regexp.MustCompile(`(?m)^FROM (\S+)`).FindAllStringSubmatch(read(t, "deploy/images/Dockerfile"), -1)
	if len(from) != 3 {
		t.Errorf("%d stages, want 3", len(from))
	}
	for _, m := range from {
		if !pinnedImage.MatchString(m[1]) {
			t.Errorf("%s is not pinned by its digest", m[1])
		}
	}
	users := regexp.MustCompile(`(?m)^USER (\S+)`).FindAllStringSubmatch(read(t, "deploy/images/Dockerfile"), -1)
	if len(users) != 1 || users[0][1] != "10001:10001" {
		t.Errorf("the image's users are %v, want 10001:10001", users)
	}
	toolchain := regexp.MustCompile(`(?m)^toolchain go(\S+)$`).FindStringSubmatch(read(t, "go.mod"))
	if toolchain == nil || !strings.HasPrefix(from[0][1], "golang:"+toolchain[1]+"-") {
		t.Errorf("the image is built by %s, go.mod names the toolchain %v", from[0][1], toolchain)
	}
}

// TestPin has pin.sh ask a registry that the test plays, once per image, and give what Compose and the build ask for.
func TestPin(t *testing.T) {
	digest := "sha256:" + strings.Repeat("0a", 32)
	for answer, fails := range map[string]bool{digest: false, "none": true} {
		bin := t.TempDir()
		script := "#!/bin/sh\necho '" + answer + "'\n"
		if err := os.WriteFile(filepath.Join(bin, "docker"), []byte(script), 0o700); err != nil {
			t.Fatal(err)
		}
		cmd := exec.CommandContext(t.Context(), "bash", filepath.Join(top, "deploy", "images", "pin.sh"))
		cmd.Env = append(os.Environ(), "PATH="+bin+":"+os.Getenv("PATH"))
		out, err := cmd.Output()
		if (err != nil) != fails {
			t.Fatalf("pin.sh with the digest %q: %v", answer, err)
		}
		for _, variable := range []string{"GO_DIGEST", "PYTHON_DIGEST", "KAFKA_DIGEST", "CLICKHOUSE_DIGEST"} {
			if !fails && strings.Count(string(out), variable+"="+digest+"\n") != 1 {
				t.Errorf("pin.sh prints\n%swant %s once", out, variable)
			}
		}
	}
}

// TestBuildContext holds that deliveries, data and reports are never taken along into the build, and that all of the program is.
func TestBuildContext(t *testing.T) {
	patterns, err := ignorefile.ReadAll(strings.NewReader(read(t, ".dockerignore")))
	if err != nil {
		t.Fatal(err)
	}
	matcher, err := patternmatcher.New(patterns)
	if err != nil {
		t.Fatal(err)
	}
	ignored := func(path string) bool {
		out, err := matcher.MatchesOrParentMatches(path)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for _, path := range []string{
		"landing/coa/coa-2026/stay.jsonl", "data/clickhouse/store/1", "report/2026-06-30.html", "reports/r.html", "demo/landing/uwv/a/wages.parquet", "backup/2026",
		"cmd/doorstroom/data/secrets/password", "connectors/landing/duo/x/1.json", "pipelines/data/x", "deploy/embedded/data/x", "any other folder/wages.csv",
		"wages.csv", ".env", ".git/config", ".tools/dbt/bin/dbt", "bin/doorstroom", "bench-data/x", "cmd/doorstroom/report/2026-06-30.html", "dbt/target/x.parquet",
		"cmd/doorstroom/main_test.go", "sbom.cdx.json",
	} {
		if !ignored(path) {
			t.Errorf("%s is taken along", path)
		}
	}
	for _, path := range append(sources(t), "go.mod", "go.sum", "LICENSE", "docs/licences.md", "deploy/tools/requirements.txt") {
		if ignored(path) {
			t.Errorf("%s is left out, and the build needs it", path)
		}
	}
}

// sources are the files of the project that the binary is built from.
func sources(t *testing.T) (paths []string) {
	t.Helper()
	root, err := filepath.Abs(top)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "go", "list", "-deps", "-f", `{{if and .Module .Module.Main}}{{$d := .Dir}}{{range .GoFiles}}{{$d}}/{{.}}
{{end}}{{range .EmbedFiles}}{{$d}}/{{.}}
{{end}}{{end}}`, "./cmd/...")
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		if path, err := filepath.Rel(root, strings.TrimSpace(line)); err == nil && strings.TrimSpace(line) != "" {
			paths = append(paths, filepath.ToSlash(path))
		}
	}
	if len(paths) < 100 {
		t.Fatalf("only %d files", len(paths))
	}
	return paths
}
