package main

import (
	"fmt"
	"slices"
	"strings"
)

// page is the content of docs/licences.md.
type page struct{ Go, Python, NPM, Maven, TestData []dependency }

func (p page) all() []dependency { return slices.Concat(p.Go, p.Python, p.NPM, p.Maven, p.TestData) }

const intro = `# Licences of what doorstroom uses

Made by ` + "`make licences`" + ` (` + "`deploy/dev/licences`" + `). doorstroom itself is under the [EUPL-1.2](../LICENSE). Every package below may be used, changed and passed on by a public body beside it; the list of accepted licences, with the reason for those that are not simply permissive, is in ` + "`deploy/dev/licences/allow.go`" + `, and a test refuses any other.

A licence is read from the licence files that the package itself carries; where it carries none, from its metadata, and the last column says so. Several licences joined by AND cover different files of one package, or are offered as a choice; all of them are accepted.

Not listed because no lock file pins them: Go and its standard library (BSD-3-Clause), Python (PSF-2.0), the servers that production or ` + "`docker-compose.yml`" + ` brings: Apache Kafka and ClickHouse, both Apache-2.0; and two that only tests start: the Versity S3 Gateway (Apache-2.0, built from its own module) and OpenSSH's sftp-server (BSD licences).
`

func (p page) markdown() string {
	var b strings.Builder
	b.WriteString(intro)
	for _, s := range []struct {
		title string
		rows  []dependency
	}{{"Go modules", p.Go}, {"Python packages", p.Python}, {"npm packages", p.NPM}, {"Maven packages", p.Maven}, {"Test data", p.TestData}} {
		fmt.Fprintf(&b, "\n## %s\n\n| package | version | licence | used by | read from |\n| --- | --- | --- | --- | --- |\n", s.title)
		for _, d := range s.rows {
			b.WriteString(d.row() + "\n")
		}
	}
	return b.String()
}

func (d dependency) row() string {
	return fmt.Sprintf("| %s | %s | %s | %s | %s |", d.Name, d.Version, d.Licence, d.Use, d.Source)
}
