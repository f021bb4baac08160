package source

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/pkg/sftp"
	"github.com/skeema/knownhosts"
	"golang.org/x/crypto/ssh"

	"doorstroom/connectors/landing"
)

const (
	dialTimeout = 30 * time.Second
	// readAhead is how much of a file is asked for at once.
	readAhead = 1 << 20
)

// sftpStore is a folder of an SFTP server. It connects when it is asked for
// something and again after any failure.
type sftpStore struct {
	addr, base string
	config     ssh.ClientConfig
	// refused is what the check of the host key said.
	refused error
	client  *sftp.Client
	conn    *ssh.Client
	names   *namesReader
}

func newSFTP(f Folder, u *url.URL) (*sftpStore, error) {
	port := u.Port()
	if port == "" {
		port = "22"
	}
	s := &sftpStore{addr: net.JoinHostPort(u.Hostname(), port), base: remotePath(u.Path)}
	if u.User.Username() == "" {
		return nil, errors.New("the address names no user: sftp://user@host/path")
	}
	signer, err := readKey(f.KeyFile, f.Secret)
	if err != nil {
		return nil, err
	}
	s.config = ssh.ClientConfig{User: u.User.Username(), Auth: []ssh.AuthMethod{ssh.PublicKeys(signer)}, Timeout: dialTimeout}
	check, err := s.hostKey(f)
	if err != nil {
		return nil, err
	}
	s.config.HostKeyCallback = func(host string, addr net.Addr, key ssh.PublicKey) error {
		s.refused = check(host, addr, key)
		return s.refused
	}
	return s, nil
}

// remotePath is absolute, or below the user's own folder when it begins with /~/.
func remotePath(p string) string {
	if own, ok := strings.CutPrefix(p+"/", "/~/"); ok {
		return path.Join(".", own)
	}
	return path.Join("/", p)
}

func readKey(file, passphrase string) (ssh.Signer, error) {
	if file == "" {
		return nil, errors.New("SFTP needs KEY_FILE, the file of a private key")
	}
	data, err := landing.ReadSetting(file)
	if err != nil {
		return nil, fmt.Errorf("read KEY_FILE: %w", err)
	}
	signer, err := ssh.ParsePrivateKey(data)
	var missing *ssh.PassphraseMissingError
	if errors.As(err, &missing) {
		signer, err = ssh.ParsePrivateKeyWithPassphrase(data, []byte(passphrase))
	}
	if err != nil {
		return nil, errors.New("KEY_FILE is not a private key, or SECRET is not its passphrase")
	}
	return signer, nil
}

// hostKey says which keys of the server are right, and has the server asked for one of their kind.
func (s *sftpStore) hostKey(f Folder) (ssh.HostKeyCallback, error) {
	switch {
	case f.HostKey != "":
		key, _, _, _, err := ssh.ParseAuthorizedKey([]byte(f.HostKey))
		if err != nil {
			return nil, errors.New(`HOST_KEY is not a public key of the form "ssh-ed25519 AAAA..."`)
		}
		s.config.HostKeyAlgorithms = []string{key.Type()}
		if key.Type() == ssh.KeyAlgoRSA {
			s.config.HostKeyAlgorithms = []string{ssh.KeyAlgoRSASHA512, ssh.KeyAlgoRSASHA256}
		}
		return ssh.FixedHostKey(key), nil
	case f.KnownHosts != "":
		// The library opens the file by itself, and would wait for a pipe.
		_, err := landing.ReadSetting(f.KnownHosts)
		if err != nil {
			return nil, fmt.Errorf("read KNOWN_HOSTS: %w", err)
		}
		known, err := knownhosts.NewDB(f.KnownHosts)
		if err != nil {
			return nil, fmt.Errorf("read KNOWN_HOSTS: %w", err)
		}
		s.config.HostKeyAlgorithms = known.HostKeyAlgorithms(s.addr)
		return known.HostKeyCallback(), nil
	}
	return nil, errors.New("SFTP needs HOST_KEY or KNOWN_HOSTS: without the server's key anybody could be the server")
}

// connect gives a client, the standing one if there is one.
func (s *sftpStore) connect(ctx context.Context) (*sftp.Client, error) {
	if s.client != nil {
		return s.client, nil
	}
	dialer := net.Dialer{Timeout: dialTimeout}
	raw, err := dialer.DialContext(ctx, "tcp", s.addr)
	if err != nil {
		return nil, err
	}
	// A server that takes the connection and says nothing is given up too.
	stop := context.AfterFunc(ctx, func() { raw.Close() })
	defer stop()
	s.refused = nil
	conn, channels, requests, err := ssh.NewClientConn(raw, s.addr, &s.config)
	if err != nil {
		raw.Close()
		return nil, s.handshake(err)
	}
	s.conn = ssh.NewClient(conn, channels, requests)
	if s.client, err = s.begin(); err != nil {
		s.close()
		return nil, fmt.Errorf("begin SFTP: %w", err)
	}
	return s.client, nil
}

// begin starts SFTP on a connection.
func (s *sftpStore) begin() (*sftp.Client, error) {
	session, err := s.conn.NewSession()
	if err != nil {
		return nil, err
	}
	if err := session.RequestSubsystem("sftp"); err != nil {
		return nil, err
	}
	in, err := session.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := session.StdoutPipe()
	if err != nil {
		return nil, err
	}
	s.names = &namesReader{r: out}
	return sftp.NewClientPipe(s.names, in)
}

// handshake tells the failures that trying again will not help.
func (s *sftpStore) handshake(err error) error {
	var none *ssh.AlgorithmNegotiationError
	switch {
	case s.refused != nil, errors.As(err, &none):
		return &hopeless{errors.New("the server is not the one that HOST_KEY or KNOWN_HOSTS tell; ask the supplier for its key, and do not go on without it")}
	case strings.Contains(err.Error(), "unable to authenticate"): // the library has no type for it
		return &hopeless{errors.New("the server does not take the user of the address with the key of KEY_FILE")}
	}
	return fmt.Errorf("the SSH handshake: %w", err)
}

// list implements store.
func (s *sftpStore) list(ctx context.Context) ([]string, error) {
	client, err := s.connect(ctx)
	if err != nil {
		return nil, err
	}
	stop := context.AfterFunc(ctx, s.abandon())
	defer stop()
	s.names.begin()
	entries, err := client.ReadDirContext(ctx, s.base)
	if s.names.tooMany() {
		s.close()
		return nil, errManyNames
	}
	if err != nil {
		return nil, s.failed(err)
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// open implements store.
func (s *sftpStore) open(ctx context.Context, id, name string, from int64) (io.ReadCloser, error) {
	client, err := s.connect(ctx)
	if err != nil {
		return nil, err
	}
	stop := context.AfterFunc(ctx, s.abandon())
	place := path.Join(s.base, id, name)
	info, err := client.Stat(place)
	if err == nil && !info.Mode().IsRegular() {
		err = fs.ErrNotExist
	}
	if err == nil && info.Size() < from {
		err = errBeyond
	}
	if err != nil {
		stop()
		return nil, s.failed(err)
	}
	f, err := client.Open(place)
	if err == nil {
		_, err = f.Seek(from, io.SeekStart)
	}
	if err != nil {
		stop()
		return nil, s.failed(err)
	}
	return &sftpFile{Reader: bufio.NewReaderSize(&sftpReader{s, f}, readAhead), file: f, stop: stop}, nil
}

// failed keeps the connection only after an error that says nothing against it.
func (s *sftpStore) failed(err error) error {
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, errBeyond) {
		return err
	}
	if errors.Is(err, fs.ErrPermission) {
		return &hopeless{errors.New("the server does not let the user read there")}
	}
	s.close()
	return err
}

// abandon ends the connection that stands now, for when it takes too long.
func (s *sftpStore) abandon() func() {
	conn := s.conn
	return func() { conn.Close() }
}

// close implements store.
func (s *sftpStore) close() {
	if s.conn != nil {
		s.conn.Close()
	}
	s.client, s.conn = nil, nil
}

// sftpReader has its store reconnect after a failure.
type sftpReader struct {
	store *sftpStore
	file  *sftp.File
}

// Read implements io.Reader.
func (r *sftpReader) Read(p []byte) (int, error) {
	n, err := r.file.Read(p)
	if err != nil && err != io.EOF {
		err = r.store.failed(err)
	}
	return n, err
}

// sftpFile is an open file that ends with its context.
type sftpFile struct {
	*bufio.Reader
	file *sftp.File
	stop func() bool
}

// Close implements io.Closer.
func (f *sftpFile) Close() error {
	defer f.stop()
	return f.file.Close()
}
