// Package remote says how the program speaks with others: with which addresses,
// and by which one kind of HTTP client. It knows nothing of what is said.
//
// What crosses the network is records of persons, passwords and tokens. So an
// address is spoken to over TLS, unless it is one of this machine or clear text
// is allowed; no address holds a password, because addresses are shown; and no
// redirect is followed, because it would carry credentials to wherever it says.
package remote

import (
	"errors"
	"net"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
)

// AllowClearText is the setting that lets clear text through.
const AllowClearText = "DOORSTROOM_ALLOW_CLEAR_TEXT"

// InClear tells whether what is sent to an address, host:port or a URL, crosses
// the network in clear text. A URL says by its scheme whether TLS is spoken, and
// one without a scheme is http; for host:port the caller says it.
func InClear(address string, tls bool) bool {
	if scheme, rest, isURL := strings.Cut(address, "://"); isURL {
		tls = !strings.EqualFold(scheme, "http")
		address = rest
	}
	host, _, _ := strings.Cut(address, "/")
	if _, behind, found := cutLast(host, "@"); found {
		host = behind // http://localhost:80@elsewhere leads elsewhere
	}
	return !tls && !thisMachine(host)
}

// thisMachine tells whether a host never leaves the machine. A name that is not localhost may be anybody's.
func thisMachine(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		host = strings.TrimSuffix(strings.TrimPrefix(address, "["), "]")
	}
	if strings.EqualFold(strings.TrimSuffix(host, "."), "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback()
}

// Base reads the base address of an HTTP service, whose paths lie below it, and
// refuses one that holds credentials, or whose traffic others could read. The
// error never repeats it.
func Base(address string, allowClearText bool) (*url.URL, error) {
	u, err := url.Parse(address)
	switch {
	case HoldsPassword(address), err == nil && u.User != nil:
		return nil, errors.New("the address names a user or a password, which lists and messages would show; they have settings of their own")
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		return nil, errors.New("that is not an address: it should look like https://host:port/path")
	case u.RawQuery != "" || u.Fragment != "":
		return nil, errors.New("the address has a query; take off what stands behind the path")
	case InClear(address, false) && !allowClearText:
		return nil, errors.New("the address does not begin with https://: what is sent there could be read by others; on a network that nobody else can listen to, " + AllowClearText + "=true lets it through")
	}
	return u, nil
}

// HoldsPassword tells whether a text holds a password as a URL may,
// scheme://user:password@host, or host:port with as much before it, or in its
// query, under whatever name.
func HoldsPassword(text string) bool {
	scheme, rest, isURL := strings.Cut(text, "://")
	if !isURL {
		scheme, rest = "any", halfURL.ReplaceAllString(text, "")
	}
	// A public key, which has slashes and blanks and a name with @ behind it, is not an address.
	if word, _, blank := strings.Cut(text, " "); !isURL && blank && !strings.Contains(word, ":") {
		return false
	}
	rest, query, _ := strings.Cut(rest, "?")
	authority, _, _ := strings.Cut(rest, "/")
	if user, _, found := cutLast(authority, "@"); found {
		// A name alone is a token where no user is asked for, as SFTP does.
		return strings.Contains(user, ":") || isURL && !strings.EqualFold(scheme, "sftp")
	}
	// A password with a slash or a question mark in it ends what looks like the host.
	if _, err := url.Parse(scheme + "://" + rest); err != nil && strings.Contains(text, "@") {
		return true
	}
	values, err := url.ParseQuery(query)
	if err != nil {
		return strings.Contains(query, "@")
	}
	for name, all := range values {
		// Passwords, tokens and signatures stand in queries under any name; those of S3 are the only ones that an address needs.
		if isURL && name != "endpoint" && name != "region" {
			return true
		}
		for _, value := range all {
			if strings.Contains(value, "@") && HoldsPassword(value) {
				return true
			}
		}
	}
	return false
}

// halfURL is what a URL begins with when slashes of its scheme, or the scheme, are missing.
var halfURL = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9+.-]*:/|//)`)

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}
