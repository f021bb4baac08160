package route_test

import (
	"os"
	"path/filepath"
	"testing"

	"doorstroom/pipelines/route"
	"doorstroom/pipelines/route/definition"
	"doorstroom/pipelines/route/reference"
	"doorstroom/pipelines/route/speccase"
)

// TestSpecification runs every case of the folder spec, under all published
// definitions that it holds for.
func TestSpecification(t *testing.T) {
	for _, file := range specFiles(t) {
		for i := range file.Cases {
			c := &file.Cases[i]
			t.Run(file.Title+"/"+c.Name, func(t *testing.T) {
				for _, definitions := range definition.Published() {
					if ed, holds := c.Under(definitions); holds {
						checkCase(t, c, ed)
					}
				}
			})
		}
	}
}

func checkCase(t *testing.T, c *speccase.Case, ed speccase.Edition) {
	t.Helper()
	facts := build(t, &c.Person, ed.Route())
	differences := c.Check(speccase.Tables(facts))
	for _, d := range c.Check(reference.Facts(&c.Person, ed)) {
		t.Errorf("definitions %s: reference: %s", ed.Definitions.Version, d)
	}
	for _, d := range differences {
		t.Errorf("definitions %s: %s", ed.Definitions.Version, d)
	}
	if len(differences) > 0 {
		t.Log(speccase.Print("What route gives", ed, &c.Person, speccase.Tables(facts)))
	}
}

func build(t *testing.T, p *route.Person, ed *route.Edition) *route.Facts {
	t.Helper()
	var b route.Builder
	var facts route.Facts
	if err := b.Build(p, ed, &facts); err != nil {
		t.Fatalf("Build: %v", err)
	}
	return &facts
}

// specFiles reads the folder spec in the order of the file names.
func specFiles(t *testing.T) []*speccase.File {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("spec", "*.txt"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no specification files: %v", err)
	}
	var files []*speccase.File
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			t.Fatalf("open %s: %v", path, err)
		}
		file, err := speccase.Parse(f)
		f.Close()
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		files = append(files, file)
	}
	return files
}
