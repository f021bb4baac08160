package main

import (
	"fmt"
	"os"
	"strings"

	cdx "github.com/CycloneDX/cyclonedx-go"
)

// purls are the package URLs of each list, without version.
var purls = []struct {
	list func(page) []dependency
	purl func(name string) string
}{
	{func(p page) []dependency { return p.Go }, func(name string) string { return "pkg:golang/" + name }},
	{func(p page) []dependency { return p.Python }, func(name string) string { return "pkg:pypi/" + normal(name) }},
	{func(p page) []dependency { return p.NPM }, func(name string) string { return "pkg:npm/" + strings.Replace(name, "@", "%40", 1) }},
	{func(p page) []dependency { return p.Maven }, func(name string) string { return "pkg:maven/" + strings.Replace(name, ":", "/", 1) }},
}

// bom is the list of all that the program and its tests are made of, as CycloneDX. What only tests need is optional.
func (p page) bom() *cdx.BOM {
	bom := cdx.NewBOM()
	bom.Metadata = &cdx.Metadata{Component: &cdx.Component{Type: cdx.ComponentTypeApplication, Name: "doorstroom", BOMRef: "doorstroom",
		Licenses: &cdx.Licenses{{License: &cdx.License{ID: "EUPL-1.2"}}}}}
	components := []cdx.Component{}
	for _, kind := range purls {
		for _, d := range kind.list(p) {
			components = append(components, d.component(kind.purl(d.Name)+"@"+d.Version))
		}
	}
	bom.Components = &components
	return bom
}

func (d dependency) component(purl string) cdx.Component {
	scope := cdx.ScopeOptional
	if d.Use == useBinary || d.Use == useDBT || d.Use == useEngine {
		scope = cdx.ScopeRequired
	}
	licences := cdx.Licenses{}
	for id := range strings.SplitSeq(d.Licence, " AND ") {
		licences = append(licences, cdx.LicenseChoice{License: &cdx.License{ID: id}})
	}
	return cdx.Component{Type: cdx.ComponentTypeLibrary, BOMRef: purl, PackageURL: purl, Name: d.Name, Version: d.Version, Scope: scope, Licenses: &licences}
}

// writeBOM writes the list to a file.
func (p page) writeBOM(path string) error {
	file, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("write the SBOM: %w", err)
	}
	err = cdx.NewBOMEncoder(file, cdx.BOMFileFormatJSON).SetPretty(true).EncodeVersion(p.bom(), cdx.SpecVersion1_6)
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return fmt.Errorf("write the SBOM: %w", err)
	}
	return nil
}
