// Package source brings the extracts of suppliers into the landing folder, from
// where on all suppliers are alike. There are two ways.
//
// Pull reads the interface of suppliers that offer one instead of files
// (contract/suppliers.openapi.yaml): each page as it came, then the manifest.
// Nothing else is kept: the cursor of the page to fetch next stands in the last
// page that has landed, so an extract that broke off goes on behind it. One that
// cannot go on, or was refused, is started again under another id by the next Pull.
//
// Fetch copies the folders that suppliers leave at an SFTP server, in an
// S3-compatible store or at a web server. A delivery is put together in a hidden
// folder and moved to its place when all of it is there, its manifest last; a
// file that broke off goes on at the byte where it stopped.
//
// What a server says is bounded everywhere: by the manifest, by the total that a
// page states, or by what no sound supplier comes near.
package source

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"go.uber.org/zap"

	"doorstroom/connectors/remote"
)

// API is the interface of one supplier.
type API struct {
	Supplier string
	// BaseURL is where /v1/extracts and /oauth2/token lie.
	BaseURL      string
	ClientID     string
	ClientSecret string
	// AllowClearText lets BaseURL be http:// on another machine.
	AllowClearText bool
	// PageSize is how many records a page may have, 1 to 5000; 0 is 5000.
	PageSize int
	// Tries is how often a request is made before the pull gives up; 0 is 8.
	Tries int
	// Wait is the pause after the first failure, doubled after each, when the
	// supplier does not say how long to wait; 0 is half a second. Stall is how
	// long next to nothing may arrive; 0 is a minute.
	Wait, Stall time.Duration
	// TLS, if set, says which certificates to trust.
	TLS *tls.Config
	// Refused, if set, tells which manifests were refused, so that their extract is started again.
	Refused func(deliveryID, manifestSHA256 string) bool
}

const (
	// largestPage is how many records a page may have.
	largestPage = 5000
	// answerTimeout bounds one request and its answer.
	answerTimeout = 5 * time.Minute
	// bodyLimit bounds an answer: some hundred times a page of 5000 records.
	bodyLimit = 256 << 20
)

// Check tells what is wrong with the settings of an interface, without asking it.
func (a API) Check() error {
	_, err := remote.Base(a.BaseURL, a.AllowClearText)
	return err
}

// Look asks once for anything; any answer will do.
func (a API) Look(ctx context.Context) error {
	base, err := remote.Base(a.BaseURL, a.AllowClearText)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, base.String(), nil)
	if err != nil {
		return err
	}
	res, err := remote.Client(remote.Options{TLS: a.TLS}).Do(req)
	if err != nil {
		return untrusted(err)
	}
	return res.Body.Close()
}

// client talks to one API.
type client struct {
	api      API
	base     *url.URL
	http     *http.Client
	patience patience
}

func newClient(ctx context.Context, api API, log *zap.Logger) (*client, error) {
	if api.PageSize <= 0 || api.PageSize > largestPage {
		api.PageSize = largestPage
	}
	if api.Stall <= 0 {
		api.Stall = time.Minute
	}
	base, err := remote.Base(api.BaseURL, api.AllowClearText)
	if err != nil {
		return nil, err
	}
	plain := remote.Client(remote.Options{TLS: api.TLS, BodyLimit: bodyLimit, Timeout: answerTimeout})
	authorized := *plain
	authorized.Transport = newAuthorized(ctx, api, base, plain)
	log = log.With(zap.String("supplier", api.Supplier))
	return &client{api: api, base: base, http: &authorized, patience: newPatience(api.Tries, api.Wait, log)}, nil
}

// get asks for a path below the base address and hands the body to read. What
// may be another answer the next time is asked for again.
func (c *client) get(ctx context.Context, path []string, query url.Values, read func(io.Reader) error) error {
	u := c.base.JoinPath(path...)
	u.RawQuery = query.Encode()
	return c.patience.do(ctx, func() (bool, error) {
		body, err := watch(ctx, c.api.Stall, func(ctx context.Context) (io.ReadCloser, error) { return c.ask(ctx, u) })
		if err != nil {
			return false, err
		}
		defer body.Close()
		from := &bodyReader{r: body}
		err = read(from)
		switch {
		case errors.Is(from.err, remote.ErrTooLong):
			return false, &hopeless{from.err}
		case from.err != nil:
			return false, fmt.Errorf("the answer broke off: %w", withoutURL(from.err))
		case err != nil:
			return false, &hopeless{err} // not the other side's failure
		}
		return false, nil
	})
}

// ask makes a request and gives the body of a good answer.
func (c *client) ask(ctx context.Context, u *url.URL) (io.ReadCloser, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, &hopeless{errors.New("the address of the request cannot be made")}
	}
	res, err := c.http.Do(req)
	if err != nil {
		return nil, tokenError(untrusted(withoutURL(err)))
	}
	err = answered(res, u.Query().Has("cursor"))
	if coding := res.Header.Get("Content-Encoding"); err == nil && coding != "" && coding != "identity" {
		err = &hopeless{errors.New("the server packed its answer, which was not asked for")}
	}
	if err != nil {
		res.Body.Close()
		return nil, err
	}
	return res.Body, nil
}

// errCursor says that the server takes a cursor no longer.
var errCursor = errors.New("the cursor of the next page is no longer valid")

// answered says what the status of an answer means, nil for a good one.
func answered(res *http.Response, withCursor bool) error {
	err := remote.Status(res)
	switch code := res.StatusCode; {
	case err == nil:
		return nil
	case remote.Passing(code):
		return &later{err, remote.RetryAfter(res)}
	case withCursor && (code == http.StatusGone || code == http.StatusNotFound || code == http.StatusBadRequest):
		return &hopeless{fmt.Errorf("%w (%w)", errCursor, err)}
	case code == http.StatusUnauthorized || code == http.StatusForbidden:
		return &hopeless{fmt.Errorf("%w to a token that it gave; ask the supplier whether the client may read extracts", err)}
	}
	return &hopeless{err}
}

// bodyReader remembers that the connection failed, which is another matter than
// what was done with the bytes.
type bodyReader struct {
	r   io.Reader
	err error
}

func (b *bodyReader) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if err != nil && err != io.EOF {
		b.err = err
	}
	return n, err
}

// withoutURL leaves addresses out of an error: cursors are the supplier's.
func withoutURL(err error) error {
	var u *url.Error
	for errors.As(err, &u) {
		err = u.Err
	}
	return err
}

func pageQuery(size int, cursor string) url.Values {
	q := url.Values{"limit": {strconv.Itoa(size)}}
	if cursor != "" {
		q.Set("cursor", cursor)
	}
	return q
}
