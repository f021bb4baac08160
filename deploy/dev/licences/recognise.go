package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// licenceFile matches the names under which packages carry their licence.
var licenceFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying|unlicense)([.-].*)?$`)

// mark is the phrase by which a licence's own text is known, in lower case with
// single blanks and without punctuation that copies vary in. A phrase must not
// stand in another licence that only mentions this one, as MPL-2.0 does the GPL.
type mark struct{ id, phrase string }

var marks = []mark{
	{"Apache-2.0", "apache license version 2.0"},
	{"Apache-2.0", "licensed under the apache license"},
	{"MIT", "permission is hereby granted free of charge to any person obtaining a copy"},
	{"ISC", "permission to use copy modify and/or distribute this software for any purpose with or without fee is hereby granted provided that"},
	{"ISC", "permission to use copy modify and distribute this software for any purpose with or without fee is hereby granted provided that"},
	{"0BSD", "and/or distribute this software for any purpose with or without fee is hereby granted. the software is provided"},
	{"MPL-2.0", "mozilla public license version 2.0"},
	{"MPL-2.0", "terms of the mozilla public license v. 2.0"},
	{"PSF-2.0", "python software foundation license version 2"},
	{"Artistic-1.0", "the artistic license preamble"},
	{"Unlicense", "this is free and unencumbered software released into the public domain"},
	{"BSL-1.0", "boost software license - version 1.0"},
	{"Zlib", "altered source versions must be plainly marked as such"},
	{"GPL", "gnu general public license version 2 june 1991"},
	{"GPL", "gnu general public license version 3 29 june 2007"},
	{"GPL", "general public license as published by the free software foundation"},
	{"LGPL", "gnu lesser general public license version 2.1 february 1999"},
	{"LGPL", "gnu lesser general public license version 3 29 june 2007"},
	{"AGPL", "gnu affero general public license version 3 19 november 2007"},
	{"EPL", "eclipse public license"},
	{"SSPL", "server side public license"},
	{"BUSL", "business source license"},
	{"Elastic", "elastic license"},
	{"CC0-1.0", "creative commons legal code cc0 1.0 universal"},
	{"CC", "creative commons public license"}, // all others of that house
}

// bsdMark begins every licence of the BSD family; bsdThird is its third clause.
const (
	bsdMark  = "redistributions of source code must retain the above copyright"
	bsdThird = "endorse or promote products derived from this software"
)

// gccException is how a file applies the exception for GCC's libraries to the GPL that it names; gplGCC is both together.
const (
	gccException = "permissions described in the gcc runtime library exception"
	gplGCC       = "GPL-3.0-with-GCC-exception"
)

var (
	noise  = regexp.MustCompile("[,;:\"'`“”‘’*#>()]+")
	blanks = regexp.MustCompile(`\s+`)
)

// recognise gives the licences that a text holds, sorted; none when it knows none.
func recognise(text string) []string {
	text = strings.ToLower(blanks.ReplaceAllString(noise.ReplaceAllString(text, " "), " "))
	var ids []string
	for _, m := range marks {
		if strings.Contains(text, m.phrase) {
			ids = append(ids, m.id)
		}
	}
	if strings.Contains(text, bsdMark) {
		id := "BSD-2-Clause"
		if strings.Contains(text, bsdThird) {
			id = "BSD-3-Clause"
		}
		ids = append(ids, id)
	}
	if strings.Contains(text, gccException) {
		for i := range ids {
			if ids[i] == "GPL" {
				ids[i] = gplGCC
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// recogniseFiles gives the licences of all given files; a file that names none is
// passed over, because some packages only point from one file to the next.
func recogniseFiles(paths []string) ([]string, error) {
	var ids []string
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("read a licence: %w", err)
		}
		ids = append(ids, recognise(string(text))...)
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// licenceFiles lists the licence files at the top of a package's folder.
func licenceFiles(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("look for licence files: %w", err)
	}
	var paths []string
	for _, e := range entries {
		if !e.IsDir() && licenceFile.MatchString(e.Name()) {
			paths = append(paths, filepath.Join(dir, e.Name()))
		}
	}
	return paths, nil
}
