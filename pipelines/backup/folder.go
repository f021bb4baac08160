package backup

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"filippo.io/age"
)

// Folder is a backup that is being written, in a hidden folder beside where it will be.
type Folder struct {
	dir, hidden string
	hold        *os.File
	recipients  []age.Recipient
	files       []File
}

// Begin starts a backup that becomes dir, which must not be there or be empty. What an earlier try left is taken away.
// With recipients, only who has the identity of one of them can read the files.
func Begin(dir string, recipients []age.Recipient) (*Folder, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("finding the folder of the backup: %w", err)
	}
	if err := checkFree(dir); err != nil {
		return nil, err
	}
	f := &Folder{dir: dir, hidden: filepath.Join(filepath.Dir(dir), "."+filepath.Base(dir)+".unfinished"), recipients: recipients}
	if err := os.MkdirAll(f.hidden, 0o700); err != nil {
		return nil, fmt.Errorf("making the folder of the backup; choose another with --out: %w", err)
	}
	if f.hold, err = os.Open(f.hidden); err != nil {
		return nil, fmt.Errorf("opening the folder of the backup: %w", err)
	}
	if err := syscall.Flock(int(f.hold.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = f.hold.Close()
		return nil, fmt.Errorf("another command is writing the backup %s: choose another folder with --out", dir)
	}
	if err := f.empty(); err != nil {
		_ = f.hold.Close()
		return nil, err
	}
	return f, nil
}

// checkFree refuses to write over anything.
func checkFree(dir string) error {
	entries, err := os.ReadDir(dir)
	if err == nil && len(entries) > 0 {
		return fmt.Errorf("%s is not empty, and a backup is never written over: choose another folder with --out", dir)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("looking at the folder of the backup; choose another with --out: %w", err)
	}
	return nil
}

func (f *Folder) empty() error {
	entries, err := os.ReadDir(f.hidden)
	for _, entry := range entries {
		err = errors.Join(err, os.RemoveAll(filepath.Join(f.hidden, entry.Name())))
	}
	if err == nil {
		err = os.Chmod(f.hidden, 0o700) //nolint:gosec // a folder: nobody but its owner gets in
	}
	if err != nil {
		return fmt.Errorf("taking away what an earlier backup left: %w", err)
	}
	return nil
}

// Add writes one file of the backup: what fill writes, sealed if there is a recipient.
func (f *Folder) Add(name string, fill func(io.Writer) error) error {
	file, err := os.OpenFile(filepath.Join(f.hidden, name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return f.explain("opening "+name, err)
	}
	defer file.Close()
	counted := &counter{to: file, hash: sha256.New()}
	if err := f.seal(counted, fill); err != nil {
		return f.explain("writing "+name, err)
	}
	if err := file.Sync(); err != nil {
		return f.explain("writing "+name, err)
	}
	f.files = append(f.files, File{Name: name, Bytes: counted.bytes, SHA256: hex.EncodeToString(counted.hash.Sum(nil))})
	return nil
}

func (f *Folder) seal(out io.Writer, fill func(io.Writer) error) error {
	if len(f.recipients) == 0 {
		return fill(out)
	}
	sealed, err := age.Encrypt(out, f.recipients...)
	if err != nil {
		return err
	}
	if err := fill(sealed); err != nil {
		return err
	}
	return sealed.Close()
}

// Finish reads every file again, writes the manifest and gives the folder its name. Progress, if not nil, hears of bytes.
func (f *Folder) Finish(m Manifest, progress func(done, total int64)) error {
	m.Format, m.Sealed, m.Files = format, len(f.recipients) > 0, f.files
	if err := verify(f.hidden, m.Files, progress); err != nil {
		return fmt.Errorf("reading again what was written: %w", err)
	}
	content, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return fmt.Errorf("making the manifest of the backup: %w", err)
	}
	if err := writeSynced(filepath.Join(f.hidden, manifestName), append(content, '\n')); err != nil {
		return f.explain("writing "+manifestName, err)
	}
	if err := f.hold.Sync(); err != nil {
		return f.explain("writing the folder", err)
	}
	if err := os.Rename(f.hidden, f.dir); err != nil {
		return fmt.Errorf("giving the backup its name: %w", err)
	}
	return syncDir(filepath.Dir(f.dir))
}

// Close lets the folder go, and takes away what was written unless it was finished.
func (f *Folder) Close() error {
	err := os.RemoveAll(f.hidden)
	return errors.Join(err, f.hold.Close())
}

// explain names the disk that is full: it need not be that of the data folder.
func (f *Folder) explain(doing string, err error) error {
	if errors.Is(err, syscall.ENOSPC) {
		return &ErrNoRoom{Dir: filepath.Dir(f.dir), doing: doing}
	}
	return fmt.Errorf("%s of the backup: %w", doing, err)
}

// ErrNoRoom says that the disk of the backup is full.
type ErrNoRoom struct{ Dir, doing string }

func (e *ErrNoRoom) Error() string {
	return fmt.Sprintf("no space left on the disk of the backup, %s (%s): make room there, or choose another folder with --out, and run the command again", e.Dir, e.doing)
}

// counter passes on what is written, with its length and hash.
type counter struct {
	to    io.Writer
	hash  hash.Hash
	bytes int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.to.Write(p)
	c.hash.Write(p[:n])
	c.bytes += int64(n)
	return n, err
}

func writeSynced(path string, content []byte) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer file.Close()
	if _, err := file.Write(content); err != nil {
		return err
	}
	return file.Sync()
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("writing the folder of the backup: %w", err)
	}
	defer d.Close()
	if err := d.Sync(); err != nil {
		return fmt.Errorf("writing the folder of the backup: %w", err)
	}
	return nil
}
