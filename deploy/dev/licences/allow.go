package main

import (
	"fmt"
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

// checkAllowed fails unless every licence that binds the dependency is on the list.
func checkAllowed(d dependency) error {
	for _, id := range strings.Split(d.Licence, " AND ") {
		if !allowed[id] {
			return fmt.Errorf("%s %s: licence %q is not one that the project may depend on; replace the package, or argue for the licence in allow.go",
				d.Name, d.Version, id)
		}
	}
	return nil
}
