package embedded

import (
	"archive/tar"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// BackupDisk is the disk of the embedded ClickHouse to which it writes backups, and from which it restores.
const BackupDisk = "backups"

// BackupDir is where that disk is in a data folder.
func BackupDir(data string) string { return filepath.Join(data, "clickhouse", "backups") }

// ClearBackupDir takes away what a backup or restore put on the disk.
func ClearBackupDir(data string) error {
	entries, err := os.ReadDir(BackupDir(data))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, entry := range entries {
		err = errors.Join(err, os.RemoveAll(filepath.Join(BackupDir(data), entry.Name())))
	}
	if err != nil {
		return fmt.Errorf("emptying ClickHouse's folder for backups: %w", err)
	}
	return nil
}

// logFolders are what of a data folder is the log.
var logFolders = []string{"kafka", "registry"}

// logins are files of the log from before it was without a port: a backup is not a place for a password.
var logins = map[string]bool{"kafka/password": true, "kafka/sasl.json": true}

// HasLog tells whether a data folder holds an embedded Kafka or registry.
func HasLog(data string) bool {
	for _, name := range logFolders {
		if existing(filepath.Join(data, name)) != "" {
			return true
		}
	}
	return false
}

// WriteLog writes Kafka's and the registry's files of a data folder as one tar archive, without their passwords.
// The caller holds the folder, and neither runs.
func WriteLog(data string, w io.Writer) error { return writeFolders(data, logFolders, w) }

// ReadLog lays out in a data folder what WriteLog wrote.
func ReadLog(data string, r io.Reader) error { return readFolders(data, logFolders, r) }

// BackupName is the folder on BackupDisk that WriteBackup and ReadBackup handle. ClickHouse could write one archive by
// itself, but restoring reads it from its beginning for every file in it.
const BackupName = "warehouse"

// WriteBackup writes what ClickHouse wrote to its disk as one tar archive.
func WriteBackup(data string, w io.Writer) error {
	return writeFolders(BackupDir(data), []string{BackupName}, w)
}

// ReadBackup lays out for ClickHouse what WriteBackup wrote.
func ReadBackup(data string, r io.Reader) error {
	return readFolders(BackupDir(data), []string{BackupName}, r)
}

// writeFolders archives folders of base, those of them that are there.
func writeFolders(base string, folders []string, w io.Writer) error {
	out := tar.NewWriter(w)
	for _, name := range folders {
		root := filepath.Join(base, name)
		if existing(root) == "" {
			continue
		}
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			return archive(out, base, path, entry)
		})
		if err != nil {
			return fmt.Errorf("archiving %s: %w", name, err)
		}
	}
	return out.Close()
}

func archive(out *tar.Writer, base, path string, entry fs.DirEntry) error {
	relative, err := filepath.Rel(base, path)
	if err != nil {
		return err
	}
	name := filepath.ToSlash(relative)
	if logins[name] {
		return nil
	}
	if entry.IsDir() {
		return out.WriteHeader(&tar.Header{Name: name + "/", Typeflag: tar.TypeDir, Mode: 0o700})
	}
	info, err := entry.Info()
	if err != nil {
		return err
	}
	if err := out.WriteHeader(&tar.Header{Name: name, Typeflag: tar.TypeReg, Mode: 0o600, Size: info.Size(), ModTime: info.ModTime()}); err != nil {
		return err
	}
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = io.Copy(out, file)
	return err
}

// readFolders lays out in base what writeFolders wrote, and nothing but those folders.
func readFolders(base string, folders []string, r io.Reader) error {
	for in := tar.NewReader(r); ; {
		header, err := in.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = lay(base, folders, header, in)
		}
		if err != nil {
			return fmt.Errorf("laying out an archive of the backup: %w", err)
		}
	}
}

func lay(base string, folders []string, header *tar.Header, content io.Reader) error {
	name := strings.TrimSuffix(header.Name, "/")
	top, _, _ := strings.Cut(name, "/")
	if !filepath.IsLocal(name) || path.Clean(name) != name || !slices.Contains(folders, top) {
		return errors.New("the archive names a file that does not belong there")
	}
	target := filepath.Join(base, filepath.FromSlash(name))
	if header.Typeflag == tar.TypeDir {
		return os.MkdirAll(target, 0o700)
	}
	file, err := os.OpenFile(target, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(file, content)
	return errors.Join(err, file.Close())
}
