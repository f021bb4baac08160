package embedded

import (
	"archive/tar"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
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

// logFolders are the parts of a data folder that WriteLog keeps.
var logFolders = []string{"kafka", "registry"}

// logins are files of the log that are made anew where they lack: a backup is no place for a password.
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
func WriteLog(data string, w io.Writer) error {
	out := tar.NewWriter(w)
	for _, name := range logFolders {
		root := filepath.Join(data, name)
		if existing(root) == "" {
			continue
		}
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			return archive(out, data, path, entry)
		})
		if err != nil {
			return fmt.Errorf("archiving the embedded log: %w", err)
		}
	}
	return out.Close()
}

func archive(out *tar.Writer, data, path string, entry fs.DirEntry) error {
	relative, err := filepath.Rel(data, path)
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

// ReadLog lays out in a data folder what WriteLog wrote.
func ReadLog(data string, r io.Reader) error {
	for in := tar.NewReader(r); ; {
		header, err := in.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = lay(data, header, in)
		}
		if err != nil {
			return fmt.Errorf("laying out the embedded log: %w", err)
		}
	}
}

func lay(data string, header *tar.Header, content io.Reader) error {
	name := strings.TrimSuffix(header.Name, "/")
	top, _, _ := strings.Cut(name, "/")
	if !filepath.IsLocal(name) || top != logFolders[0] && top != logFolders[1] {
		return errors.New("the archive names a file that is not of the log")
	}
	path := filepath.Join(data, filepath.FromSlash(name))
	if header.Typeflag == tar.TypeDir {
		return os.MkdirAll(path, 0o700)
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(file, content)
	if err == nil {
		err = file.Sync()
	}
	return errors.Join(err, file.Close())
}
