package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"doorstroom/connectors/remote"
)

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
	a.source = func() oauth2.TokenSource { return oauth2.ReuseTokenSource(nil, &login{ctx, config}) }
	a.tokens <- a.source()
	return a
}

// login asks for tokens. The secret goes in a header, and to a server that does
// not take it there in the form. The library would find out by itself, but asks
// again after any answer, also one that asks to wait.
type login struct {
	ctx    context.Context
	config clientcredentials.Config
}

// Token implements oauth2.TokenSource.
func (l *login) Token() (*oauth2.Token, error) {
	l.config.AuthStyle = oauth2.AuthStyleInHeader
	token, err := l.config.Token(l.ctx)
	var refused *oauth2.RetrieveError
	if errors.As(err, &refused) && (refused.Response.StatusCode == http.StatusUnauthorized || refused.Response.StatusCode == http.StatusBadRequest) {
		l.config.AuthStyle = oauth2.AuthStyleInParams
		return l.config.Token(l.ctx)
	}
	return token, err
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

// tokenError says what it means that there is no token, without what the server
// wrote about it. Any other error stays as it is.
func tokenError(err error) error {
	var token *oauth2.RetrieveError
	if !errors.As(err, &token) || token.Response == nil {
		return err
	}
	status := remote.Status(token.Response)
	switch code := token.Response.StatusCode; {
	case status == nil:
		return &hopeless{errors.New("the supplier's answer to the request for a token holds none")}
	case remote.Passing(code):
		return &later{fmt.Errorf("no token: %w", status), remote.RetryAfter(token.Response)}
	case code < 400:
		return &hopeless{fmt.Errorf("no token: %w", status)}
	}
	return &hopeless{fmt.Errorf("the supplier refused a token (%d); check the client id and secret", token.Response.StatusCode)}
}
