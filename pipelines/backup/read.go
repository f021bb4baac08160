package backup

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"filippo.io/age"
)

// Backup is a backup that was found whole.
type Backup struct {
	Manifest
	dir        string
	identities []age.Identity
}

// Open reads a backup and holds every file against the manifest. Its errors wrap ErrNoBackup, ErrDamaged, ErrTooNew or
// ErrSealed when the backup cannot be restored. Progress, if not nil, hears of bytes.
func Open(dir string, identities []age.Identity, progress func(done, total int64)) (*Backup, error) {
	m, err := readManifest(dir)
	if err != nil {
		return nil, err
	}
	if m.Sealed && len(identities) == 0 {
		return nil, fmt.Errorf("%w: give the file with the age identity that opens it with --identity", ErrSealed)
	}
	if err := verify(dir, m.Files, progress); err != nil {
		return nil, err
	}
	b := &Backup{Manifest: *m, dir: dir, identities: identities}
	for _, f := range m.Files {
		// The head of a sealed file says whether an identity opens it; the rest is not read.
		if err := b.Extract(f.Name, func(io.Reader) error { return errEnough }); !errors.Is(err, errEnough) {
			return nil, err
		}
	}
	return b, nil
}

var errEnough = errors.New("enough was read")

// verify holds the files of a folder against their length and SHA-256.
func verify(dir string, files []File, progress func(done, total int64)) error {
	var done, total int64
	for _, f := range files {
		total += f.Bytes
	}
	for _, f := range files {
		if !filepath.IsLocal(f.Name) || filepath.Base(f.Name) != f.Name {
			return fmt.Errorf("%w: its manifest names a file outside of it; take another backup", ErrDamaged)
		}
		file, err := os.Open(filepath.Join(dir, f.Name))
		if errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%w: %s is missing; take another backup", ErrDamaged, f.Name)
		}
		if err != nil {
			return fmt.Errorf("reading the backup: %w", err)
		}
		sum := &counter{to: io.Discard, hash: sha256.New()}
		_, err = io.Copy(&teller{to: sum, progress: progress, before: done, total: total}, file)
		_ = file.Close() // it was only read
		if err != nil {
			return fmt.Errorf("reading %s of the backup: %w", f.Name, err)
		}
		if sum.bytes != f.Bytes {
			return fmt.Errorf("%w: %s has %d bytes and had %d; take another backup", ErrDamaged, f.Name, sum.bytes, f.Bytes)
		}
		if hex.EncodeToString(sum.hash.Sum(nil)) != f.SHA256 {
			return fmt.Errorf("%w: the bytes of %s changed; take another backup", ErrDamaged, f.Name)
		}
		done += f.Bytes
	}
	return nil
}

// File finds a file of the backup.
func (b *Backup) File(name string) (File, bool) {
	for _, f := range b.Files {
		if f.Name == name {
			return f, true
		}
	}
	return File{}, false
}

// Extract hands a file of the backup, unsealed, to use. Open has held it against its hash.
func (b *Backup) Extract(name string, use func(io.Reader) error) error {
	file, err := os.Open(filepath.Join(b.dir, name))
	if err != nil {
		return fmt.Errorf("opening %s of the backup: %w", name, err)
	}
	defer file.Close()
	var in io.Reader = bufio.NewReaderSize(file, 1<<20)
	if b.Sealed {
		in, err = age.Decrypt(in, b.identities...)
		var none *age.NoIdentityMatchError
		if errors.As(err, &none) {
			return fmt.Errorf("%w, and for another recipient: give the file with its age identity with --identity", ErrSealed)
		}
		if err != nil {
			return fmt.Errorf("%w: %s cannot be unsealed: %w", ErrDamaged, name, err)
		}
	}
	if err := use(in); err != nil {
		return fmt.Errorf("restoring %s of the backup: %w", name, err)
	}
	return nil
}

// teller passes on what is written and tells how much it was.
type teller struct {
	to            io.Writer
	progress      func(done, total int64)
	before, total int64
}

func (t *teller) Write(p []byte) (int, error) {
	n, err := t.to.Write(p)
	t.before += int64(n)
	if t.progress != nil {
		t.progress(t.before, t.total)
	}
	return n, err
}
