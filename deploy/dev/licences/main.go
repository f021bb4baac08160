// Command licences writes docs/licences.md: every Go, Python, npm and Maven package
// that doorstroom or its tools use, with its version and its licence as the
// package's own licence files state it. It fails for a package whose licence
// it does not recognise or that the list in allow.go does not hold; a test
// holds the page to what the program uses. With -sbom it writes the same list
// as CycloneDX in place of the page.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	root := flag.String("root", ".", "the project's top folder")
	python := flag.String("python", "", "site-packages folder with the pinned Python packages (default: that of .tools/dbt)")
	node := flag.String("node", "", "node_modules folder with the pinned npm packages (default: that of .tools)")
	sbom := flag.String("sbom", "", "file for the list as CycloneDX (JSON), in place of the page")
	flag.Parse()
	if err := run(*root, *python, *node, *sbom); err != nil {
		fmt.Fprintln(os.Stderr, "licences: "+err.Error())
		os.Exit(1)
	}
}

// run collects the lists and writes the page, or the SBOM.
func run(root, python, node, sbom string) error {
	if python == "" {
		python = filepath.Join(root, ".tools", "dbt", "lib", "python3.*", "site-packages")
	}
	if node == "" {
		node = filepath.Join(root, ".tools", "node_modules")
	}
	var p page
	var err error
	if p.Go, err = goModules(root); err != nil {
		return err
	}
	if p.Python, err = pythonPackages(filepath.Join(root, "deploy", "tools", "requirements.txt"), python); err != nil {
		return err
	}
	if p.NPM, err = npmPackages(filepath.Join(root, "deploy", "tools", "package-lock.json"), node); err != nil {
		return err
	}
	if p.Maven, err = mavenPackages(filepath.Join(root, "deploy", "tools", "pom.xml")); err != nil {
		return err
	}
	if p.TestData, err = testData(root); err != nil {
		return err
	}
	for _, d := range p.all() {
		if err := checkAllowed(d); err != nil {
			return err
		}
	}
	if sbom != "" {
		return p.writeBOM(sbom)
	}
	if err := os.WriteFile(filepath.Join(root, "docs", "licences.md"), []byte(p.markdown()), 0o644); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return nil
}
