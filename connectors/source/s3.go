package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"gocloud.dev/blob"
	"gocloud.dev/blob/s3blob"
	"gocloud.dev/gcerrors"

	"doorstroom/connectors/remote"
)

// s3Store is the part of a bucket of an S3-compatible store below a prefix.
type s3Store struct{ bucket *blob.Bucket }

func newS3(f Folder, u *url.URL) (*s3Store, error) {
	if u.User != nil {
		return nil, errors.New("the address names a user, who has a setting of its own")
	}
	if f.User == "" || f.Secret == "" {
		return nil, errors.New("S3 needs USER, the access key id, and SECRET, the secret access key")
	}
	options := s3.Options{
		Region: "us-east-1", Credentials: credentials.NewStaticCredentialsProvider(f.User, f.Secret, ""),
		HTTPClient: s3Client{remote.Client(remote.Options{TLS: f.TLS})}, Retryer: aws.NopRetryer{}, // trying again is done in one place
		DisableLogOutputChecksumValidationSkipped: true, // every file is held against its manifest
	}
	for name, values := range u.Query() {
		switch name {
		case "region":
			options.Region = values[0]
		case "endpoint":
			if _, err := remote.Base(values[0], f.AllowClearText); err != nil {
				return nil, fmt.Errorf("its endpoint: %w", err)
			}
			options.BaseEndpoint, options.UsePathStyle = aws.String(values[0]), true
		default:
			return nil, errors.New("the address has a query with more than endpoint and region")
		}
	}
	bucket, err := s3blob.OpenBucket(context.Background(), s3.New(options), u.Host, nil)
	if err != nil {
		return nil, fmt.Errorf("name the bucket: %w", err)
	}
	if prefix := strings.Trim(u.Path, "/"); prefix != "" {
		bucket = blob.PrefixedBucket(bucket, prefix+"/")
	}
	return &s3Store{bucket}, nil
}

// listPages bounds the pages of a list, each of which has a thousand names at most.
const listPages = 1000

// list implements store.
func (s *s3Store) list(ctx context.Context) ([]string, error) {
	var names []string
	pages := 0
	list := s.bucket.List(&blob.ListOptions{Delimiter: "/", BeforeList: func(func(any) bool) error {
		if pages++; pages > listPages { // the library asks on for as long as there is a next page, with names or without
			return errManyNames
		}
		return nil
	}})
	for seen := 0; seen <= namesLimit; seen++ {
		object, err := list.Next(ctx)
		if err == io.EOF {
			return names, nil
		}
		if err != nil {
			return nil, s3Error(err)
		}
		if object.IsDir {
			names = append(names, strings.TrimSuffix(object.Key, "/"))
		}
	}
	return nil, errManyNames
}

// open implements store.
func (s *s3Store) open(ctx context.Context, id, name string, from int64) (io.ReadCloser, error) {
	r, err := s.bucket.NewRangeReader(ctx, path.Join(id, name), from, -1, nil)
	if err != nil {
		return nil, s3Error(err)
	}
	return r, nil
}

// close implements store.
func (s *s3Store) close() { _ = s.bucket.Close() }

// s3Client bounds every answer but the bytes of a file, which the manifest bounds.
type s3Client struct{ *http.Client }

// answerLimit is how long an answer may be that is not a file: a thousand of the longest names, and what stands around each.
const answerLimit = 2 << 20

// Do implements s3.HTTPClient.
func (c s3Client) Do(r *http.Request) (*http.Response, error) {
	res, err := c.Client.Do(r)
	if err == nil && (res.StatusCode >= http.StatusMultipleChoices || r.URL.Query().Has("list-type")) {
		res.Body = remote.Limit(res.Body, answerLimit)
	}
	return res, err
}

// s3Error tells what a failure means.
func s3Error(err error) error {
	if errors.Is(err, remote.ErrTooLong) || errors.Is(err, errManyNames) {
		return errManyNames
	}
	if gcerrors.Code(err) == gcerrors.NotFound {
		return fs.ErrNotExist
	}
	var res *awshttp.ResponseError
	if !errors.As(err, &res) || res.HTTPStatusCode() == 0 {
		return untrusted(withoutURL(err))
	}
	switch code := res.HTTPStatusCode(); {
	case code == http.StatusRequestedRangeNotSatisfiable:
		return errBeyond
	case code == http.StatusUnauthorized || code == http.StatusForbidden:
		return &hopeless{fmt.Errorf("the store answered %d; check USER and SECRET, and that they may list and read", code)}
	case remote.Passing(code):
		return &later{fmt.Errorf("the store answered %d", code), remote.RetryAfter(res.Response.Response)}
	}
	return &hopeless{remote.Status(res.Response.Response)}
}
