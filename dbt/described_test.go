package dbt_test

import (
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"doorstroom/dbt"
)

// described is what the .yml of a model says of it.
type described struct {
	file string // without its ending

	Name, Description string
	// Config.Meta is what the page of a mart says besides: a query that answers its question is the example.
	Config struct {
		Meta struct {
			Question, Example string
			Traps             []string
		}
	}
	Columns []column
}

type column struct {
	Name, Description string
	DataType          string `yaml:"data_type"`
}

// says is what the column says of itself, or the docs block that it names.
func (c column) says(blocks map[string]string) string {
	if name := c.block(); name != "" {
		return blocks[name]
	}
	return strings.TrimSpace(c.Description)
}

// block is the docs block that the description names; empty without one.
func (c column) block() string {
	name, found := strings.CutPrefix(c.Description, "{{ doc('")
	if !found {
		return ""
	}
	return strings.TrimSuffix(name, "') }}")
}

func (d described) layer() string { return path.Base(path.Dir(d.file)) }

// models reads the descriptions of all models, in the order of their files.
func models(t *testing.T) (found []described) {
	t.Helper()
	for _, file := range projectFiles(t, "models/*/*.sql") {
		name := strings.TrimSuffix(file, ".sql")
		var content struct{ Models []described }
		if err := yaml.Unmarshal([]byte(text(t, name+".yml")), &content); err != nil || len(content.Models) != 1 {
			t.Fatalf("%s.yml describes %d models, not one: %v", name, len(content.Models), err)
		}
		model := content.Models[0]
		model.file = name
		found = append(found, model)
	}
	return found
}

// projectFiles are the files of the dbt project that a pattern names.
func projectFiles(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := fs.Glob(dbt.Project, pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %v, %v", pattern, files, err)
	}
	return files
}

// text is that of a file of the dbt project.
func text(t *testing.T, file string) string {
	t.Helper()
	data, err := dbt.Project.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

var block = regexp.MustCompile(`\{% docs (\w+) %\}([^{]*)\{% enddocs %\}`)

// docsBlocks are the descriptions that several columns share, by name.
func docsBlocks(t *testing.T) map[string]string {
	t.Helper()
	blocks := map[string]string{}
	for _, file := range append(projectFiles(t, "models/*.md"), projectFiles(t, "models/*/*.md")...) {
		for _, found := range block.FindAllStringSubmatch(text(t, file), -1) {
			blocks[found[1]] = found[2]
		}
	}
	return blocks
}
