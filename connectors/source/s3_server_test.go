package source_test

import (
	"bytes"
	"context"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"doorstroom/connectors/source"
	"doorstroom/deploy/testservers/authoritytest"
)

const (
	s3Region, s3Bucket, s3Prefix = "eu-west-1", "extracts", "from/coa"
	s3KeyID, s3Key               = "key-id", "right-key-of-a-test"
)

// newS3Place is a Versity S3 Gateway over a folder, a process of its own.
func newS3Place(t *testing.T) *place {
	a := authoritytest.New(t)
	addr := startVersity(t, a)
	p := &place{line: newLine(t, addr)}
	p.folder = base()
	p.folder.URL = "s3://" + s3Bucket + "/" + s3Prefix + "?endpoint=https://" + p.line.addr + "&region=" + s3Region
	p.folder.User, p.folder.Secret, p.folder.TLS = s3KeyID, s3Key, a.Trusted()
	client := s3.New(s3.Options{
		Region: s3Region, BaseEndpoint: aws.String("https://" + addr), UsePathStyle: true,
		Credentials: credentials.NewStaticCredentialsProvider(s3KeyID, s3Key, ""),
		HTTPClient:  &http.Client{Transport: &http.Transport{TLSClientConfig: a.Trusted(), DisableKeepAlives: true}},
	})
	if _, err := client.CreateBucket(t.Context(), &s3.CreateBucketInput{Bucket: aws.String(s3Bucket)}); err != nil {
		t.Fatal(err)
	}
	p.put = func(name string, data []byte) {
		t.Helper()
		_, err := client.PutObject(context.Background(), &s3.PutObjectInput{
			Bucket: aws.String(s3Bucket), Key: aws.String(path.Join(s3Prefix, name)), Body: bytes.NewReader(data),
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	p.strange = func(f source.Folder) source.Folder { f.Secret = "another-key"; return f }
	return p
}

// startVersity starts the server and waits until it listens.
func startVersity(t *testing.T, a *authoritytest.Authority) (addr string) {
	t.Helper()
	l := listen(t)
	addr = l.Addr().String()
	l.Close()
	dir := t.TempDir()
	certificate, key := filepath.Join(dir, "server.pem"), filepath.Join(dir, "server.key")
	own, secret := a.ServerPEM(t)
	for file, content := range map[string][]byte{certificate: own, key: secret} {
		if err := os.WriteFile(file, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	store, sidecar := filepath.Join(dir, "store"), filepath.Join(dir, "sidecar")
	for _, d := range []string{store, sidecar} {
		if err := os.Mkdir(d, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	// A sidecar holds what the folder's file system may not be able to: attributes.
	server := exec.Command(tool(t, "versitygw", "versitygw"), "--quiet", "--port", addr, "--region", s3Region, "--cert", certificate, "--key", key,
		"posix", "--sidecar", sidecar, store)
	server.Env = append(os.Environ(), "ROOT_ACCESS_KEY_ID="+s3KeyID, "ROOT_SECRET_ACCESS_KEY="+s3Key)
	var said bytes.Buffer
	server.Stdout, server.Stderr = &said, &said
	server.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} // a test that is killed leaves no server behind
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { _ = server.Wait(); close(ended) }()
	t.Cleanup(func() { _ = server.Process.Kill(); <-ended })
	late := time.After(10 * time.Minute)
	for {
		c, err := net.Dial("tcp", addr)
		if err == nil {
			c.Close()
			return addr
		}
		select {
		case <-late:
			t.Fatalf("after ten minutes the S3 server does not answer:\n%s", said.String())
		case <-ended:
			t.Fatalf("the S3 server ended while it started:\n%s", said.String())
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// tool is a program that make installed under .tools, in or above the working directory.
func tool(t *testing.T, name ...string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		found := filepath.Join(append([]string{dir, ".tools"}, name...)...)
		if _, err := os.Stat(found); err == nil {
			return found
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Fatalf("%s is not installed: run 'make tools'", name[len(name)-1])
		}
		dir = parent
	}
}
