package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// module is what go list says about where a package comes from.
type module struct{ Path, Version, Dir string }

// goModules lists the modules that the binary, the tests and the generators are built from, by name.
func goModules(root string) ([]dependency, error) {
	binary, err := listModules(root, "./cmd/...")
	if err != nil {
		return nil, err
	}
	all, err := listModules(root, "-test", "./...")
	if err != nil {
		return nil, err
	}
	var dependencies []dependency
	for path, m := range all {
		d := dependency{Name: m.Path, Version: m.Version, Use: useTests, Source: fromFile}
		if _, ok := binary[path]; ok {
			d.Use = useBinary
		}
		if d.Licence, err = licenceOf(m.Dir); err != nil {
			return nil, fmt.Errorf("%s %s: %w", m.Path, m.Version, err)
		}
		dependencies = append(dependencies, d)
	}
	slices.SortFunc(dependencies, func(a, b dependency) int { return strings.Compare(a.Name, b.Name) })
	return dependencies, nil
}

// listModules asks go list for the modules of all packages that the arguments
// need, on the system that the program is shipped for. The project's own
// module and the standard library are left out.
func listModules(root string, args ...string) (map[string]module, error) {
	cmd := exec.Command("go", append([]string{"list", "-deps", "-json=Module"}, args...)...)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOOS=linux", "GOARCH=amd64", "CGO_ENABLED=0")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w\n%s", err, stderr.String())
	}
	modules := map[string]module{}
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var pkg struct{ Module *module }
		if err := d.Decode(&pkg); errors.Is(err, io.EOF) {
			return modules, nil
		} else if err != nil {
			return nil, fmt.Errorf("read what go list printed: %w", err)
		}
		if pkg.Module != nil && pkg.Module.Version != "" {
			modules[pkg.Module.Path] = *pkg.Module
		}
	}
}

// licenceOf gives the licences of the files at the top of a package's folder.
func licenceOf(dir string) (string, error) {
	paths, err := licenceFiles(dir)
	if err != nil {
		return "", err
	}
	ids, err := recogniseFiles(paths)
	if err != nil {
		return "", err
	}
	if len(ids) == 0 {
		return "", errors.New("no licence recognised: read its files, and add the mark of its licence to recognise.go")
	}
	return strings.Join(ids, " AND "), nil
}
