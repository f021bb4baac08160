// Package source brings the extracts of suppliers into the landing folder, from
// where on all suppliers are alike. There are two ways.
//
// Pull reads the interface of suppliers that offer one instead of files
// (contract/suppliers.openapi.yaml): each page as it came, then the manifest.
// Nothing else is kept: the cursor of the page to fetch next stands in the last
// page that has landed, so an extract that broke off goes on behind it.
//
// Fetch copies the folders that suppliers leave at an SFTP server, in an
// S3-compatible store or at a web server. A delivery is put together in a hidden
// folder and moved to its place when all of it is there, its manifest last; a
// file that broke off goes on at the byte where it stopped.
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
	"strings"
	"time"

	"github.com/hashicorp/go-retryablehttp"
	"go.uber.org/zap"
	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

// API is the interface of one supplier.
type API struct {
	Supplier string
	// BaseURL is where /v1/extracts and /oauth2/token lie.
	BaseURL      string
	ClientID     string
	ClientSecret string
	// PageSize is how many records a page may have, 1 to 5000; 0 is 5000.
	PageSize int
	// Tries is how often a request is made before the pull gives up; 0 is 8.
	Tries int
	// Wait is the pause after the first failure, doubled after each, when the
	// supplier does not say how long to wait; 0 is half a second.
	Wait time.Duration
	// TLS, if set, says which certificates to trust.
	TLS *tls.Config
}

const (
	// waitLimit is the longest pause, the supplier's Retry-After included.
	waitLimit = 2 * time.Minute
	// answerTimeout bounds one request and its answer.
	answerTimeout = 5 * time.Minute
	// bodyLimit bounds an answer: some hundred times a page of 5000 records.
	bodyLimit = 256 << 20
)

// client talks to one API.
type client struct {
	api  API
	base *url.URL
	http *retryablehttp.Client
}

func newClient(ctx context.Context, api API, log *zap.Logger) (*client, error) {
	if api.PageSize <= 0 || api.PageSize > 5000 {
		api.PageSize = 5000
	}
	if api.Tries <= 0 {
		api.Tries = 8
	}
	if api.Wait <= 0 {
		api.Wait = 500 * time.Millisecond
	}
	base, err := url.Parse(strings.TrimSuffix(api.BaseURL, "/"))
	if err != nil || base.Host == "" {
		return nil, errors.New("the base address is no address; it should look like https://host/path")
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = api.TLS
	h := retryablehttp.NewClient()
	h.Logger = nil
	h.RetryMax = api.Tries - 1
	h.RetryWaitMin, h.RetryWaitMax = api.Wait, waitLimit
	h.Backoff, h.CheckRetry = backoff, worthATry
	h.ErrorHandler = retryablehttp.PassthroughErrorHandler
	plain := &http.Client{Transport: transport, Timeout: answerTimeout}
	h.HTTPClient = &http.Client{Timeout: answerTimeout, Transport: newAuthorized(ctx, api, base, plain)}
	h.RequestLogHook = func(_ retryablehttp.Logger, _ *http.Request, try int) {
		if try > 0 {
			log.Warn("a request to a supplier failed and is made again", zap.String("supplier", api.Supplier), zap.Int("try", try+1))
		}
	}
	return &client{api: api, base: base, http: h}, nil
}

// worthATry tells whether a request may succeed when it is made again: not with
// credentials that the supplier does not take.
func worthATry(ctx context.Context, res *http.Response, err error) (bool, error) {
	var token *oauth2.RetrieveError
	if errors.As(err, &token) && token.Response != nil && token.Response.StatusCode < 500 && token.Response.StatusCode != http.StatusTooManyRequests {
		return false, err
	}
	return retryablehttp.DefaultRetryPolicy(ctx, res, err)
}

// backoff waits as long as the supplier asks, else ever longer, within waitLimit.
func backoff(first, most time.Duration, try int, res *http.Response) time.Duration {
	return min(retryablehttp.DefaultBackoff(first, most, try, res), most)
}

// get asks for a path below the base address and hands the body to read. A body
// that breaks off is asked for again.
func (c *client) get(ctx context.Context, path []string, query url.Values, read func(io.Reader) error) error {
	u := c.base.JoinPath(path...)
	u.RawQuery = query.Encode()
	for try := 1; ; try++ {
		err := c.once(ctx, u, read)
		var broken *brokenOff
		if !errors.As(err, &broken) || try == c.api.Tries {
			return err
		}
		select {
		case <-time.After(backoff(c.api.Wait, waitLimit, try-1, nil)):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// brokenOff says that an answer began well and did not come to its end.
type brokenOff struct{ err error }

func (b *brokenOff) Error() string { return "the answer broke off: " + b.err.Error() }

func (b *brokenOff) Unwrap() error { return b.err }

func (c *client) once(ctx context.Context, u *url.URL, read func(io.Reader) error) error {
	req, err := retryablehttp.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return errors.New("the address of the request cannot be made")
	}
	res, err := c.http.Do(req)
	if err != nil {
		return withoutURL(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("the supplier answered %d", res.StatusCode)
	}
	body := &bodyReader{r: io.LimitReader(res.Body, bodyLimit)}
	if err := read(body); err != nil {
		if body.err != nil {
			return &brokenOff{withoutURL(body.err)}
		}
		return err
	}
	return nil
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

// withoutURL leaves the address out of an error: cursors are the supplier's.
func withoutURL(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	var token *oauth2.RetrieveError
	if errors.As(err, &token) && token.Response != nil {
		return fmt.Errorf("the supplier refused a token (%d); check the client id and secret", token.Response.StatusCode)
	}
	return err
}

// authorized adds a token to each request and takes a new one when the supplier
// no longer knows it.
type authorized struct {
	base   http.RoundTripper
	source func() oauth2.TokenSource
	tokens chan oauth2.TokenSource
}

func newAuthorized(ctx context.Context, api API, base *url.URL, plain *http.Client) *authorized {
	config := clientcredentials.Config{
		ClientID: api.ClientID, ClientSecret: api.ClientSecret,
		TokenURL: base.JoinPath("oauth2", "token").String(), Scopes: []string{"extracts.read"},
	}
	ctx = context.WithValue(ctx, oauth2.HTTPClient, plain)
	a := &authorized{base: plain.Transport, tokens: make(chan oauth2.TokenSource, 1)}
	a.source = func() oauth2.TokenSource { return config.TokenSource(ctx) }
	a.tokens <- a.source()
	return a
}

// RoundTrip implements http.RoundTripper.
func (a *authorized) RoundTrip(req *http.Request) (*http.Response, error) {
	res, err := a.try(req, false)
	if err != nil || res.StatusCode != http.StatusUnauthorized {
		return res, err
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 64<<10))
	res.Body.Close()
	return a.try(req, true)
}

func (a *authorized) try(req *http.Request, renew bool) (*http.Response, error) {
	source := <-a.tokens
	if renew {
		source = a.source()
	}
	token, err := source.Token()
	a.tokens <- source
	if err != nil {
		return nil, err
	}
	req = req.Clone(req.Context())
	token.SetAuthHeader(req)
	return a.base.RoundTrip(req)
}

func pageQuery(size int, cursor string) url.Values {
	q := url.Values{"limit": {strconv.Itoa(size)}}
	if cursor != "" {
		q.Set("cursor", cursor)
	}
	return q
}
