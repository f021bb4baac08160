package connectors

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"

	"doorstroom/connectors/landing"
	"doorstroom/connectors/manifest"
	"doorstroom/connectors/source"
	"doorstroom/schemas"
)

// Copy is the folder of a delivery that Pull laid down, with files that are still there.
type Copy struct {
	// Supplier and Folder are the names of its folders, ManifestSHA256 the digest of its manifest.
	Supplier, Folder, ManifestSHA256 string
	// Files are those beside the manifest.
	Files []string
}

// Copies lists what of a landing folder is a copy of ours: whole deliveries, also such as another manifest of their id
// replaced. One that is still on its way is not among them.
func Copies(ctx context.Context, dir string) (list []Copy, err error) {
	root, err := landing.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open the landing folder; make it or name another with --landing: %w", err)
	}
	defer root.Close()
	for _, supplier := range schemas.Suppliers {
		below, err := landing.Below(root, supplier)
		if landing.Outside(err) {
			continue
		}
		if err == nil {
			list, err = copiesOf(ctx, below, supplier, list)
			below.Close()
		}
		if err != nil {
			return nil, fmt.Errorf("list the copies of %s: %w", supplier, err)
		}
	}
	return list, nil
}

func copiesOf(ctx context.Context, root *os.Root, supplier string, list []Copy) ([]Copy, error) {
	folders, err := fs.ReadDir(landing.FS(root), ".")
	if err != nil {
		return nil, err
	}
	for _, folder := range folders {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		copied, err := source.Copied(root, folder.Name())
		if err != nil {
			return nil, err
		}
		if !copied || !folder.IsDir() {
			continue
		}
		data, err := readManifest(root, folder.Name())
		if errors.Is(err, errNotReady) {
			continue
		}
		if err != nil {
			return nil, err
		}
		c := Copy{Supplier: supplier, Folder: folder.Name(), ManifestSHA256: manifest.SHA256(data)}
		if c.Files, err = filesBeside(root, folder.Name()); err != nil {
			return nil, err
		}
		if len(c.Files) > 0 {
			list = append(list, c)
		}
	}
	return list, nil
}

func filesBeside(root *os.Root, folder string) (files []string, err error) {
	entries, err := fs.ReadDir(landing.FS(root), folder)
	for _, e := range entries {
		if e.Type().IsRegular() && e.Name() != manifest.Name {
			files = append(files, e.Name())
		}
	}
	return files, err
}

// DeliveryID is that of the manifest's delivery: the folder of one that was replaced has another name.
func (c *Copy) DeliveryID() string {
	id := c.Folder
	if strings.HasPrefix(id, ".") {
		id = strings.TrimSuffix(id[1:], path.Ext(id))
	}
	return id
}

// RemoveFiles takes the files of a copy away. Its manifest stays, so that the delivery is neither read nor fetched again.
func RemoveFiles(landing string, c Copy) error {
	for _, name := range c.Files {
		if err := Remove(landing, Holder{Supplier: c.Supplier, Folder: c.Folder, File: name, Copy: true}); err != nil {
			return err
		}
	}
	return nil
}
