package main

import (
	"fmt"
	"slices"
	"strings"
)

// page is the content of docs/licences.md.
type page struct {
	Go, Python, NPM, Maven, TestData []dependency
	Inside                           []library
}

func (p page) all() []dependency { return slices.Concat(p.Go, p.Python, p.NPM, p.Maven, p.TestData) }

const intro = `# Licences of what doorstroom uses

Made by ` + "`make licences`" + ` (` + "`deploy/dev/licences`" + `). doorstroom itself is under the [EUPL-1.2](../LICENSE). Every package below may be used, changed and passed on by a public body beside it; the list of accepted licences, with the reason for those that are not simply permissive, is in ` + "`deploy/dev/licences/allow.go`" + `, and a test refuses any other.

What only tests run may have other licences too, which the same file lists with the reason: it is fetched for the tests and passed on to nobody.

A licence is read from the licence files that the package itself carries; where it carries none, from its metadata, and the last column says so. Several licences joined by AND cover different files of one package, or are offered as a choice; all of them are accepted.

Not listed:

* Go and its standard library (BSD-3-Clause), and Python (PSF-2.0) with the pip and setuptools that it brings: no lock file pins them.
* The servers that production or ` + "`docker-compose.yml`" + ` brings: Apache Kafka and ClickHouse, both Apache-2.0, with what their images hold.
* What only tests start and no list here covers: the Versity S3 Gateway (Apache-2.0; ` + "`go version -m .tools/versitygw/versitygw`" + ` names the modules that it is built from), OpenSSH's sftp-server (BSD licences) and headless Chromium (BSD-3-Clause, and the licences of what it carries), both from Debian's packages, whose file ` + "`copyright`" + ` has them.
* What a jar carries of other projects inside itself, except as its own metadata says.
`

const insideIntro = `
## Inside ClickHouse

ClickHouse's library, the npm package @chdb/lib-linux-x64-gnu, holds other libraries inside. This is its own list of them, the table ` + "`system.licenses`" + `: all of the folder contrib of its sources, of which a build uses the greater part, with the kind of licence and the file in those sources that has the text. It tells no versions but in the paths of Rust packages, and the kind is not always an SPDX identifier. The package itself is published under Apache-2.0, and the project passes it on as it is; those under the LGPL alone are named, with the reason why they are accepted, in ` + "`deploy/dev/licences/allow.go`" + `.

| library | licence | file |
| --- | --- | --- |
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
	b.WriteString(insideIntro)
	for _, l := range p.Inside {
		b.WriteString(l.row() + "\n")
	}
	return b.String()
}

func (d dependency) row() string {
	return fmt.Sprintf("| %s | %s | %s | %s | %s |", d.Name, d.Version, d.Licence, d.Use, d.Source)
}
