package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// licencePlugin lists what a POM needs with the licence that each package, or a parent of it, states. It is named with
// its version, so that Maven asks nobody which one is the newest.
const licencePlugin = "org.codehaus.mojo:license-maven-plugin:2.5.0:add-third-party"

// mavenPackages lists the jars of a POM with the licences of their metadata: most jars carry no licence file.
func mavenPackages(pom, use string) ([]dependency, error) {
	dir, err := os.MkdirTemp("", "licences")
	if err != nil {
		return nil, fmt.Errorf("make a folder for Maven's list: %w", err)
	}
	defer os.RemoveAll(dir)
	cmd := exec.Command("mvn", "-q", "-B", "-f", pom, licencePlugin, "-Dlicense.acceptPomPackaging=true", "-Dlicense.includedScopes=compile,runtime",
		"-Dlicense.outputDirectory="+dir, "-Dlicense.thirdPartyFilename=list")
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("ask Maven for the licences of %s: %w\n%s", pom, err, out)
	}
	text, err := os.ReadFile(filepath.Join(dir, "list"))
	if err != nil {
		return nil, fmt.Errorf("read Maven's list of licences: %w", err)
	}
	return parseMaven(text, use)
}

// mavenLine is one package of the plugin's list: its licences, each in parentheses, its name, and group:artifact:version.
var mavenLine = regexp.MustCompile(`^\s+((?:\((?:[^()]|\([^()]*\))*\) )+).*\(([^:() ]+:[^:() ]+):([^:() ]+) - [^()]*\)$`)

func parseMaven(text []byte, use string) ([]dependency, error) {
	var dependencies []dependency
	for in := bufio.NewScanner(bytes.NewReader(text)); in.Scan(); {
		line := in.Text()
		if !strings.HasPrefix(line, " ") {
			continue // how many there are
		}
		m := mavenLine.FindStringSubmatch(line)
		if m == nil {
			return nil, fmt.Errorf("a line of the list of Maven has another form: %s", line)
		}
		d := dependency{Name: m[2], Version: m[3], Use: use, Source: fromMetadata}
		if read, ok := readInJar[d.jar()]; ok {
			d.Licence, d.Source = read, fromFile
		} else {
			var err error
			if d.Licence, err = mavenIDs(m[1]); err != nil {
				return nil, fmt.Errorf("%s %s: %w", d.Name, d.Version, err)
			}
		}
		dependencies = append(dependencies, d)
	}
	slices.SortFunc(dependencies, func(a, b dependency) int { return strings.Compare(a.Name, b.Name) })
	return dependencies, nil
}

// mavenIDs are the SPDX identifiers of licences as POMs name them, "(A) (B) ".
func mavenIDs(names string) (string, error) {
	var ids []string
	for name := range strings.SplitSeq(strings.Trim(names, "() "), ") (") {
		id, ok := mavenLicences[name]
		if !ok {
			return "", fmt.Errorf("its metadata names a licence %q that is not known: read it, and add it to maven.go", name)
		}
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return strings.Join(slices.Compact(ids), " AND "), nil
}

const gplClasspath = "GPL-2.0-with-classpath-exception"

// mavenLicences are the ways in which POMs name their licence.
var mavenLicences = map[string]string{
	"Apache-2.0": "Apache-2.0", "Apache 2.0 License": "Apache-2.0", "Apache License 2.0": "Apache-2.0", "Apache License, Version 2.0": "Apache-2.0",
	"The Apache License, Version 2.0": "Apache-2.0", "The Apache Software License, Version 2.0": "Apache-2.0",
	"MIT": "MIT", "MIT License": "MIT", "The MIT License": "MIT",
	"BSD-2-Clause": "BSD-2-Clause", "BSD 2-Clause License": "BSD-2-Clause",
	"Apache 2": "Apache-2.0", "Apache 2.0": "Apache-2.0", "Apache License, 2.0": "Apache-2.0", "Apache License V2.0": "Apache-2.0",
	"http://www.apache.org/licenses/LICENSE-2.0.txt": "Apache-2.0", "MIT license": "MIT", "jQuery license": "MIT", "0BSD": "0BSD",
	"BSD-3-Clause": "BSD-3-Clause", "BSD 3-clause": "BSD-3-Clause", "3-Clause BSD License": "BSD-3-Clause", "The BSD 3-Clause License": "BSD-3-Clause",
	"New BSD License": "BSD-3-Clause", "The New BSD License": "BSD-3-Clause", "Modified BSD": "BSD-3-Clause", "EDL 1.0": "BSD-3-Clause",
	"BSD":                             "BSD-3-Clause", // ParaNamer
	"http://asm.ow2.org/license.html": "BSD-3-Clause", "BSD 2-Clause": "BSD-2-Clause",
	"EPL 2.0": "EPL-2.0", "EPL-2.0": "EPL-2.0", "GPL2 w/ CPE": gplClasspath, "GPL-2.0-with-classpath-exception": gplClasspath,
	"The GNU General Public License (GPL), Version 2, With Classpath Exception": gplClasspath,
	"CDDL + GPLv2 with classpath exception":                                     "CDDL-1.1 AND " + gplClasspath,
	"LGPL 2.1":                                                                  "LGPL-2.1-only", "MPL 1.1": "MPL-1.1", "Unicode-3.0": "Unicode-3.0", "W3C license": "W3C", "Public Domain": publicDomain,
	"Go License": "BSD-3-Clause", // that of Go itself, which RE2/J is a port from
	"Public Domain, per Creative Commons CC0": "CC0-1.0",
}

// readInJar are the licences of jars whose metadata names none, as a person read them in the jar.
var readInJar = map[string]string{
	"oro-2.0.8.jar": "Apache-1.1", "datasketches-memory-3.0.2.jar": "Apache-2.0",
}

// pinnedJars are the files that a list of hashes pins, ARTIFACT-VERSION.jar.
func pinnedJars(path string) ([]string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the pinned jars: %w", err)
	}
	var names []string
	for line := range strings.Lines(string(text)) {
		fields := strings.Fields(line)
		if len(fields) != 2 {
			return nil, fmt.Errorf("%s has a line of another form", path)
		}
		names = append(names, strings.TrimPrefix(fields[1], "*"))
	}
	return names, nil
}

// jar is the file of a Maven package.
func (d dependency) jar() string {
	_, artifact, _ := strings.Cut(d.Name, ":")
	return artifact + "-" + d.Version + ".jar"
}
