package main

import (
	"fmt"
	"regexp"
	"strings"
)

// allowed are the licences of others under which a public body may run, change
// and publish doorstroom under EUPL-1.2. All but two are permissive. MPL-2.0
// binds only changes to its own files. Artistic-1.0 comes with one Python
// package that dbt uses unchanged.
var allowed = map[string]bool{
	"0BSD": true, "Apache-2.0": true, "Artistic-1.0": true, "BSD-2-Clause": true, "BSD-3-Clause": true, "BSL-1.0": true, "CC0-1.0": true,
	"ISC": true, "MIT": true, "MPL-2.0": true, "PSF-2.0": true, "Unlicense": true, "Zlib": true,
}

// allowedInTests are accepted besides for what only tests run. They ask for the source of what is passed on, or offer
// themselves beside another licence; what tests fetch is passed on to nobody.
var allowedInTests = map[string]bool{
	"Apache-1.1": true, "CDDL-1.1": true, "EPL-2.0": true, "GPL-2.0-with-classpath-exception": true, "LGPL-2.1-only": true, "MPL-1.1": true,
	gplGCC: true, "Unicode-3.0": true, "W3C": true, publicDomain: true,
}

// publicDomain is what its author gave up every right to; SPDX has no name for it.
const publicDomain = "LicenseRef-Public-Domain"

// checkAllowed fails unless every licence that binds the dependency is on the list.
func checkAllowed(d dependency) error {
	for _, id := range strings.Split(d.Licence, " AND ") {
		if !allowed[id] && (d.shipped() || !allowedInTests[id]) {
			return fmt.Errorf("%s %s: licence %q is not one that the project may depend on; replace the package, or argue for the licence in allow.go",
				d.Name, d.Version, id)
		}
	}
	return nil
}

// insideUnderLGPL are the libraries inside ClickHouse's that have the LGPL and no other licence to choose. It asks that
// users can put another version in their place: DOORSTROOM_LIBCHDB names any other build of ClickHouse's library.
var insideUnderLGPL = map[string]bool{
	"lemmagen-c": true, "libgsasl": true, "libssh": true, "mariadb-connector-c": true, "numactl": true, "xz": true,
}

// bound matches the kinds of licences that bind more than changes to their own files.
var bound = regexp.MustCompile(`GPL|SSPL|BUSL|Business|Elastic|Server Side`)

// checkInside fails for a library inside ClickHouse's whose only licence binds others and is not accepted.
func checkInside(l library) error {
	if !bound.MatchString(l.Licence) || strings.Contains(l.Licence, " OR ") {
		return nil
	}
	if l.Licence == "LGPL" && insideUnderLGPL[l.Name] {
		return nil
	}
	return fmt.Errorf("ClickHouse's library carries %s under %q: keep the version of before, or argue for it in allow.go", l.Name, l.Licence)
}
