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
	components, place := []cdx.Component{}, map[string]int{}
	for _, kind := range purls {
		for _, d := range kind.list(p) {
			purl := kind.purl(d.Name) + "@" + d.Version
			if at, there := place[purl]; there { // two parts of the project use it
				if d.shipped() {
					components[at].Scope = cdx.ScopeRequired
				}
				continue
			}
			place[purl] = len(components)
			c := d.component(purl)
			if d.Use == useEngine {
				c.Components = p.carried()
			}
			components = append(components, c)
		}
	}
	bom.Components = &components
	return bom
}

func (d dependency) component(purl string) cdx.Component {
	scope := cdx.ScopeOptional
	if d.shipped() {
		scope = cdx.ScopeRequired
	}
	licences := cdx.Licenses{}
	for id := range strings.SplitSeq(d.Licence, " AND ") {
		licence := &cdx.License{ID: id}
		if strings.HasPrefix(id, "LicenseRef-") {
			licence = &cdx.License{Name: id}
		}
		licences = append(licences, cdx.LicenseChoice{License: licence})
	}
	return cdx.Component{Type: cdx.ComponentTypeLibrary, BOMRef: purl, PackageURL: purl, Name: d.Name, Version: d.Version, Scope: scope, Licenses: &licences}
}

// carried are the libraries inside ClickHouse's, whose versions it does not tell.
func (p page) carried() *[]cdx.Component {
	list := []cdx.Component{}
	for _, l := range p.Inside {
		list = append(list, cdx.Component{Type: cdx.ComponentTypeLibrary, Name: l.Name, Scope: cdx.ScopeRequired, Licenses: &cdx.Licenses{{License: &cdx.License{Name: l.Licence}}}})
	}
	return &list
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
