// Command licences writes docs/licences.md: every Go, Python, npm and Maven package
// that doorstroom or its tools use, with its version and its licence as the
// package's own licence files state it, and the libraries that ClickHouse's
// carries inside. It fails for a package whose licence it does not recognise or
// that the lists in allow.go do not hold; a test holds the page to what is
// installed. With -sbom it writes the same list as CycloneDX in place of the page.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"doorstroom/deploy/embedded"
)

func main() {
	embedded.RunChildIfAsked()
	root := flag.String("root", ".", "the project's top folder")
	sbom := flag.String("sbom", "", "file for the list as CycloneDX (JSON), in place of the page")
	flag.Parse()
	if err := run(context.Background(), *root, *sbom); err != nil {
		fmt.Fprintln(os.Stderr, "licences: "+err.Error())
		os.Exit(1)
	}
}

// run collects the lists and writes the page, or the SBOM.
func run(ctx context.Context, root, sbom string) error {
	var p page
	var err error
	if p.Go, err = goModules(root); err != nil {
		return err
	}
	tools := filepath.Join(root, "deploy", "tools")
	for _, env := range []struct{ lock, dir, use string }{{"requirements.txt", "dbt", useDBT}, {"writers.txt", "writers", useWriters}, {"lint.txt", "lint", useLint}, {"survival.txt", "survival", useSurvival}} {
		packages, err := pythonPackages(filepath.Join(tools, env.lock), filepath.Join(root, ".tools", env.dir, "lib", "python3.*", "site-packages"), env.use)
		if err != nil {
			return err
		}
		p.Python = append(p.Python, packages...)
	}
	if p.NPM, err = npmPackages(filepath.Join(tools, "package-lock.json"), filepath.Join(root, ".tools", "node_modules")); err != nil {
		return err
	}
	for _, pom := range []struct{ file, use string }{{"pom.xml", useKafka}, {"writers.pom.xml", useSpark}} {
		packages, err := mavenPackages(filepath.Join(tools, pom.file), pom.use)
		if err != nil {
			return err
		}
		p.Maven = append(p.Maven, packages...)
	}
	if p.Inside, err = insideEngine(ctx); err != nil {
		return err
	}
	if p.TestData, err = testData(root); err != nil {
		return err
	}
	var refused []error
	for _, d := range p.all() {
		refused = append(refused, checkAllowed(d))
	}
	for _, l := range p.Inside {
		refused = append(refused, checkInside(l))
	}
	if err := errors.Join(refused...); err != nil {
		return err
	}
	if sbom != "" {
		return p.writeBOM(sbom)
	}
	if err := os.WriteFile(filepath.Join(root, "docs", "licences.md"), []byte(p.markdown()), 0o644); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return nil
}
