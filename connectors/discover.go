package connectors

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"go.uber.org/zap"

	"doorstroom/connectors/landing"
	"doorstroom/connectors/manifest"
	"doorstroom/schemas"
)

// Delivery is a folder that holds a manifest.
type Delivery struct {
	// Supplier and ID are the names of its folders, whatever the manifest says.
	Supplier, ID string
	// ManifestSHA256 is the digest of the manifest's bytes.
	ManifestSHA256 string
	// DrawnOn is yyyy-mm-dd, empty when the manifest does not tell.
	DrawnOn string

	landing string
	// below is where in the landing folder it is, when not in SUPPLIER/ID.
	below string
}

// folder is its path below the landing folder.
func (d *Delivery) folder() string {
	if d.below != "" {
		return d.below
	}
	return path.Join(d.Supplier, d.ID)
}

// Discover lists the deliveries of a landing folder by (drawn_on, id), those
// that do not tell first. A folder without a manifest is not ready and is left
// alone, as is anything that leads out of the landing folder.
func (r *Reader) Discover(ctx context.Context, dir string) ([]Delivery, error) {
	root, err := landing.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open the landing folder; make it or name another with --landing: %w", err)
	}
	defer root.Close()
	var found []Delivery
	for _, supplier := range schemas.Suppliers {
		ids, err := folders(root, supplier)
		if err != nil {
			return nil, fmt.Errorf("list the deliveries of %s: %w", supplier, err)
		}
		for _, id := range ids {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			d := Delivery{Supplier: supplier, ID: id, landing: dir}
			data, err := readManifest(root, d.folder())
			if errors.Is(err, errNotReady) {
				r.o.Log.Debug("a folder without a manifest is left alone", zap.String("folder", d.folder()))
				continue
			}
			if err != nil {
				return nil, fmt.Errorf("read the manifest of %s: %w", d.folder(), err)
			}
			d.ManifestSHA256, d.DrawnOn = manifest.SHA256(data), manifest.Glance(data).DrawnOn
			found = append(found, d)
		}
	}
	slices.SortFunc(found, func(a, b Delivery) int {
		return cmp.Or(strings.Compare(a.DrawnOn, b.DrawnOn), strings.Compare(a.ID, b.ID), strings.Compare(a.Supplier, b.Supplier))
	})
	return found, nil
}

// folders lists what is in a supplier's folder; hidden names are a supplier's
// own tools at work. A supplier without a folder has nothing.
func folders(root *os.Root, supplier string) ([]string, error) {
	names, err := landing.Names(root, supplier)
	if landing.Outside(err) {
		return nil, nil
	}
	slices.Sort(names)
	return names, err
}

// errNotReady says that a folder holds no manifest.
var errNotReady = errors.New("no manifest")

// readManifest reads manifest.json of a folder below root, or errNotReady. Of
// one that is too long only the beginning is read, one byte more than any check will pass.
func readManifest(root *os.Root, folder string) ([]byte, error) {
	data, err := landing.Read(root, path.Join(folder, manifest.Name), manifest.Limit)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errNotReady
	}
	return data, err
}
