package source

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"slices"
	"time"

	"go.uber.org/zap"

	"doorstroom/connectors/landing"
	"doorstroom/connectors/remote"
)

// Folder is where a supplier leaves deliveries elsewhere: folders with the name
// of their delivery_id, each with manifest.json, written last, and its files.
type Folder struct {
	Supplier string
	// URL is one of
	//
	//	sftp://user@host:port/path (or /~/path, below the user's own folder)
	//	s3://bucket/prefix?endpoint=https://host:port&region=name
	//	https://host:port/path (with index.json, see webStore)
	URL string
	// User is the access key id at S3 and the user name over HTTPS.
	User string
	// Secret is the secret access key at S3, the password over HTTPS (without
	// User a bearer token), the passphrase of the private key over SFTP.
	Secret string
	// KeyFile holds the private key for SFTP.
	KeyFile string
	// HostKey is the key of the SFTP server, as in a public key file; KnownHosts
	// is a known_hosts file that has it. One of them is needed.
	HostKey, KnownHosts string
	// TLS, if set, says which certificates to trust; AllowClearText lets an address be http:// on another machine.
	TLS            *tls.Config
	AllowClearText bool
	// Formats are those that the supplier may deliver.
	Formats []string
	// Decided, if set, tells which manifests need not come any more.
	Decided func(deliveryID, manifestSHA256 string) bool
	// Tries is how often something is tried in a row without getting a byte
	// further; 0 is 8. Wait is the pause after the first, doubled after each; 0
	// is half a second. Stall is how long next to nothing may arrive; 0 is a minute.
	Tries       int
	Wait, Stall time.Duration
}

// store is a kind of place. Errors may be tried again, unless they are
// hopeless, or fs.ErrNotExist for what is not there.
type store interface {
	// list names the folders in the place. The names are as they come.
	list(ctx context.Context) ([]string, error)
	// open gives the bytes of a file from one on. It ends with the context;
	// errBeyond says that the file is not that long.
	open(ctx context.Context, id, name string, from int64) (io.ReadCloser, error)
	close()
}

// namesLimit is how many names a place may list, far more than deliveries that any supplier has made.
const namesLimit = 100_000

// errManyNames says that a list is not one of deliveries, or has no end.
var errManyNames = &hopeless{fmt.Errorf("the list of deliveries has more than %d names, or no end; is the address right", namesLimit)}

// errBeyond says that a file ends before the byte that was asked for.
var errBeyond = errors.New("the file is shorter than before")

// newStore makes the store of a folder and connects to nothing yet.
func newStore(f Folder) (store, error) {
	u, err := url.Parse(f.URL)
	switch {
	case remote.HoldsPassword(f.URL):
		return nil, errors.New("the address holds a user, a password or a query, which lists and messages would show: passwords have settings of their own, and of queries only endpoint and region of S3 are known")
	case err != nil || u.Host == "":
		return nil, errors.New("that is not an address: one begins with sftp://, s3:// or https://")
	}
	switch u.Scheme {
	case "sftp":
		return newSFTP(f, u)
	case "s3":
		return newS3(f, u)
	case "https", "http":
		return newWeb(f)
	}
	return nil, errors.New("the address begins with neither sftp:// nor s3:// nor https://")
}

// Check tells what is wrong with the settings of a folder, without asking for it.
func (f Folder) Check() error {
	s, err := newStore(f)
	if err != nil {
		return err
	}
	s.close()
	return nil
}

// Look asks once how many deliveries there are, ready or not.
func (f Folder) Look(ctx context.Context) (int, error) {
	f.Tries = 1
	b, err := newFetch(f, zap.NewNop())
	if err != nil {
		return 0, err
	}
	defer b.store.close()
	ids, err := b.list(ctx)
	return len(ids), err
}

// fetch is one visit to a folder.
type fetch struct {
	folder   Folder
	store    store
	patience patience
	landing  *os.Root // of the supplier
	log      *zap.Logger
}

func newFetch(f Folder, log *zap.Logger) (*fetch, error) {
	if f.Stall <= 0 {
		f.Stall = time.Minute
	}
	log = log.With(zap.String("supplier", f.Supplier))
	s, err := newStore(f)
	if err != nil {
		return nil, err
	}
	return &fetch{folder: f, store: s, patience: newPatience(f.Tries, f.Wait, log), log: log}, nil
}

// Fetch copies every delivery of a folder that the landing folder does not have
// yet, in the order of their names. A delivery that is not ready, or not yet as
// its manifest says, is left alone. What broke off goes on at the next visit.
func Fetch(ctx context.Context, f Folder, dir string, log *zap.Logger) error {
	b, err := newFetch(f, log)
	if err != nil {
		return err
	}
	defer b.store.close()
	root, err := landing.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("open the landing folder; make it or name another with --landing: %w", err)
	}
	defer root.Close()
	if b.landing, err = supplierFolder(root, f.Supplier); err != nil {
		return err
	}
	defer b.landing.Close()
	ids, err := b.list(ctx)
	if err != nil {
		return fmt.Errorf("list the deliveries: %w", err)
	}
	return b.deliveries(ctx, ids)
}

// list names what may be deliveries, sorted.
func (b *fetch) list(ctx context.Context) (ids []string, err error) {
	err = b.patience.do(ctx, func() (bool, error) {
		ctx, cancel := context.WithTimeout(ctx, answerTimeout)
		defer cancel()
		ids, err = b.store.list(ctx)
		return false, err
	})
	if errors.Is(err, fs.ErrNotExist) {
		err = errors.New("there is no such place, or no index.json in it; is the address right")
	}
	if err != nil {
		return nil, err
	}
	all := len(ids)
	ids = slices.DeleteFunc(ids, func(id string) bool { return !extractID.MatchString(id) })
	if other := all - len(ids); other > 0 {
		b.log.Debug("names that no delivery_id can be are left alone", zap.Int("names", other))
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// deliveries copies one after another. One that fails does not keep the others,
// unless the place itself is away.
func (b *fetch) deliveries(ctx context.Context, ids []string) error {
	var failures []error
	for _, id := range ids {
		err := b.delivery(ctx, id)
		if errors.Is(err, errUnsettled) {
			b.log.Warn("a delivery is not yet as its manifest says and is left alone until the next run", zap.String("delivery", id))
			continue
		}
		if err == nil {
			continue
		}
		failures = append(failures, fmt.Errorf("delivery %s; run again to go on where it broke off: %w", id, err))
		if ctx.Err() != nil || !isHopeless(err) {
			break
		}
	}
	return errors.Join(failures...)
}
