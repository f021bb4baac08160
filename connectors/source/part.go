package source

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"doorstroom/connectors/landing"
	"doorstroom/connectors/manifest"
)

// part is the hidden folder in which a delivery is put together:
//
//	NAME           a file that has come whole
//	.part-NAME     as far as a file has come
//	.seen-NAME     what was found in place of what the manifest says
//	.manifest.json the manifest; it gets its name when all else is there
type part struct {
	landing *os.Root // of the supplier
	root    *os.Root
	id      string
}

const (
	pendingManifest = "." + manifest.Name
	pendingFile     = ".part-"
	seenFile        = ".seen-"
	// noteLimit is how long a note of what was found is at most: a digest.
	noteLimit = 64
)

func partName(id string) string { return "." + id + ".part" }

// openPart goes on with the part of a delivery, or begins it when there is none
// or it is of another manifest.
func openPart(supplier *os.Root, id string, data []byte) (*part, error) {
	name := partName(id)
	if err := markCopy(supplier, name); err != nil {
		return nil, &hopeless{err}
	}
	if !partOf(supplier, name, data) {
		if err := supplier.RemoveAll(name); err != nil {
			return nil, local("clear a hidden folder", err)
		}
		if err := supplier.Mkdir(name, 0o700); err != nil {
			return nil, local("make a hidden folder; is the landing folder writable", err)
		}
	}
	root, err := landing.Below(supplier, name)
	if err != nil {
		return nil, local("open a hidden folder", err)
	}
	p := &part{landing: supplier, root: root, id: id}
	if _, err := root.Lstat(manifest.Name); errors.Is(err, fs.ErrNotExist) {
		if err := write(root, pendingManifest, bytes.NewReader(data)); err != nil {
			root.Close()
			return nil, &hopeless{err}
		}
	}
	return p, nil
}

// partOf tells whether a part was begun with this manifest.
func partOf(supplier *os.Root, name string, data []byte) bool {
	for _, m := range []string{pendingManifest, manifest.Name} {
		if begun, err := landing.Read(supplier, name+"/"+m, manifest.Limit); err == nil {
			return bytes.Equal(begun, data)
		}
	}
	return false
}

// has tells that a file has come.
func (p *part) has(name string) bool {
	_, err := p.root.Lstat(name)
	return err == nil
}

// settled is nil when the same was found in place of a file at the visit before:
// then nobody is writing it any more, and it lands as it is, to be refused as
// the contract says. Else it is noted, and the delivery has to wait.
func (p *part) settled(name, found string) error {
	note, err := landing.Read(p.root, seenFile+name, noteLimit)
	if err == nil && string(note) == found {
		return nil
	}
	if err := p.root.WriteFile(seenFile+name, []byte(found), 0o600); err != nil {
		return local("note what was found", err)
	}
	return errUnsettled
}

// finish gives a file its name.
func (p *part) finish(name string) error {
	if err := p.root.Rename(pendingFile+name, name); err != nil {
		return local("give a file its name", err)
	}
	return nil
}

// place moves the part to where deliveries are read. One of the same id that
// stands there, which standing is the manifest of, is kept under a hidden name.
func (p *part) place(standing []byte) error {
	if err := p.clear(); err != nil {
		return local("clear a hidden folder", err)
	}
	if p.has(pendingManifest) {
		if err := p.root.Rename(pendingManifest, manifest.Name); err != nil {
			return local("give a manifest its name", err)
		}
	}
	if err := syncFolder(p.root); err != nil {
		return &hopeless{err}
	}
	if standing != nil {
		old := "." + p.id + "." + manifest.SHA256(standing)[:12]
		if err := errors.Join(p.landing.RemoveAll(old), keepMark(p.landing, p.id, old), p.landing.Rename(p.id, old)); err != nil {
			return local("put the earlier delivery of this id aside", err)
		}
	}
	if err := errors.Join(markCopy(p.landing, p.id), p.landing.Rename(partName(p.id), p.id)); err != nil {
		return local("put the delivery in its place", err)
	}
	if err := syncFolder(p.landing); err != nil {
		return &hopeless{err}
	}
	return nil
}

// clear takes away what was only for going on.
func (p *part) clear() error {
	entries, err := fs.ReadDir(landing.FS(p.root), ".")
	if err != nil {
		return err
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), seenFile) || strings.HasPrefix(e.Name(), pendingFile) {
			if err := p.root.Remove(e.Name()); err != nil {
				return err
			}
		}
	}
	return nil
}

// local is an error of our own disk.
func local(what string, err error) error { return &hopeless{fmt.Errorf("%s: %w", what, err)} }
