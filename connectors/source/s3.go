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
)

// s3Store is the part of a bucket of an S3-compatible store below a prefix.
type s3Store struct{ bucket *blob.Bucket }

func newS3(f Folder, u *url.URL) (*s3Store, error) {
	if f.User == "" || f.Secret == "" {
		return nil, errors.New("S3 needs USER, the access key id, and SECRET, the secret access key")
	}
	options := s3.Options{
		Region: "us-east-1", Credentials: credentials.NewStaticCredentialsProvider(f.User, f.Secret, ""),
		HTTPClient: newHTTP(f.TLS), Retryer: aws.NopRetryer{}, // trying again is done in one place
		DisableLogOutputChecksumValidationSkipped: true, // every file is held against its manifest
	}
	for name, values := range u.Query() {
		switch name {
		case "region":
			options.Region = values[0]
		case "endpoint":
			if !strings.HasPrefix(values[0], "https://") {
				return nil, errors.New("the endpoint does not begin with https://")
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

// list implements store.
func (s *s3Store) list(ctx context.Context) ([]string, error) {
	var names []string
	list := s.bucket.List(&blob.ListOptions{Delimiter: "/"})
	for {
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

// s3Error tells what a failure means.
func s3Error(err error) error {
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
	case code == http.StatusTooManyRequests || code >= 500 || code == http.StatusRequestTimeout:
		return fmt.Errorf("the store answered %d", code)
	}
	return &hopeless{fmt.Errorf("the store answered %d", res.HTTPStatusCode())}
}
