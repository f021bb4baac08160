package source

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"doorstroom/connectors/landing"
	"doorstroom/connectors/manifest"
)

// An extract is started again, under another id, when what was fetched of it was
// refused or cannot be gone on with. The ids are those of the extract, then with
// -anew-2 behind it, and so on: they sort where the extract does.

// endedMark is a hidden file in a folder that is not gone on with.
const endedMark = ".ended"

// idLimit is how long a delivery_id may be.
const idLimit = 63

// spentError is a failure after which what has landed of an extract is of no use.
type spentError struct{ err error }

func (s *spentError) Error() string { return s.err.Error() }

func (s *spentError) Unwrap() error { return s.err }

func spent(format string, args ...any) error { return &spentError{fmt.Errorf(format, args...)} }

// endedError is one after which the extract is started again, and under which id.
type endedError struct {
	error
	next string
}

func (e *endedError) Unwrap() error { return e.error }

// deliveryID is the id under which an extract is fetched now; empty when it is
// there, whether it waits for its decision, was accepted or was taken back.
func (p *pull) deliveryID(extract string) (string, error) {
	for n := 1; ; n++ {
		id := p.nthID(extract, n)
		if id == "" {
			continue
		}
		over, err := p.isOver(id)
		if err != nil {
			return "", err
		}
		if over {
			continue
		}
		data, err := landing.Read(p.landing, id+"/"+manifest.Name, manifest.Limit)
		if errors.Is(err, fs.ErrNotExist) {
			return id, nil
		}
		if err != nil {
			return "", fmt.Errorf("look for its manifest: %w", err)
		}
		if p.api.Refused == nil || !p.api.Refused(id, manifest.SHA256(data)) {
			return "", nil
		}
	}
}

// nthID is the id of the n-th time that an extract is begun; empty when it is that of another extract.
func (p *pull) nthID(extract string, n int) string {
	if n == 1 {
		return extract
	}
	suffix := fmt.Sprintf("-anew-%d", n)
	if len(extract)+len(suffix) > idLimit {
		// What is cut off is told apart by its digest.
		sum := sha256.Sum256([]byte(extract))
		suffix = "-" + hex.EncodeToString(sum[:4]) + suffix
		extract = extract[:idLimit-len(suffix)]
	}
	if p.listed[extract+suffix] {
		return ""
	}
	return extract + suffix
}

// isOver tells whether a delivery was ended before, and sees to it that nothing of it is left.
func (p *pull) isOver(id string) (bool, error) {
	root, err := landing.Below(p.landing, id)
	if landing.Outside(err) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("open its folder: %w", err)
	}
	defer root.Close()
	_, err = root.Lstat(endedMark)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("look into its folder: %w", err)
	}
	return true, p.clear(root, id)
}

// end has a delivery not gone on with, takes away what has landed of it, and
// gives the id under which the extract is started again.
func (p *pull) end(root *os.Root, extract, id string) (next string, err error) {
	if err := root.WriteFile(endedMark, nil, 0o600); err != nil {
		return "", fmt.Errorf("note that the extract is started again: %w", err)
	}
	if err := p.clear(root, id); err != nil {
		return "", err
	}
	for n, found := 1, false; ; n++ {
		at := p.nthID(extract, n)
		if found && at != "" {
			return at, nil
		}
		found = found || at == id
	}
}

// clear takes the pages away that have landed in a folder of ours. They are
// records of persons that nothing would ever read, or remove.
func (p *pull) clear(root *os.Root, id string) error {
	ours, err := Copied(p.landing, id)
	if err != nil || !ours {
		return err
	}
	entries, err := fs.ReadDir(landing.FS(root), ".")
	if err != nil {
		return fmt.Errorf("list what has landed of it: %w", err)
	}
	for _, e := range entries {
		if e.Name() == endedMark {
			continue
		}
		if err := root.RemoveAll(e.Name()); err != nil {
			return fmt.Errorf("take away what has landed of it: %w", err)
		}
	}
	return nil
}
