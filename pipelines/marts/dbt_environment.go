package marts

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
)

// fromOurs are the variables that dbt gets as they are: what it takes to find and load Python, and whom to trust.
var fromOurs = []string{"PATH", "LD_LIBRARY_PATH", "SSL_CERT_FILE", "SSL_CERT_DIR"}

// baseEnvironment is all that a dbt is given that connects to nothing. None of our secrets is in it, and nothing that
// would change what dbt does.
func baseEnvironment() (environment []string) {
	for _, name := range fromOurs {
		if value, set := os.LookupEnv(name); set {
			environment = append(environment, name+"="+value)
		}
	}
	return append(environment, "LC_ALL=C.UTF-8", "TZ=UTC", "DO_NOT_TRACK=1")
}

// environment is that of a build: the connection, and folders of its own for what it writes beside its target and logs.
func (d *DBT) environment() ([]string, error) {
	host, port, err := net.SplitHostPort(d.HTTPAddr)
	if err != nil {
		return nil, fmt.Errorf("ClickHouse's HTTP address for dbt: %w", err)
	}
	temporary := filepath.Join(d.Dir, "tmp")
	if err := os.MkdirAll(temporary, 0o700); err != nil {
		return nil, fmt.Errorf("making dbt's folder for temporary files: %w", err)
	}
	environment := append(baseEnvironment(), "HOME="+d.Dir, "TMPDIR="+temporary,
		"DOORSTROOM_DBT_HOST="+host, "DOORSTROOM_DBT_PORT="+port, "DOORSTROOM_DBT_USER="+d.User,
		// dbt shows nothing that begins so, in logs and errors either.
		"DBT_ENV_SECRET_DOORSTROOM_PASSWORD="+d.Password, fmt.Sprintf("DOORSTROOM_DBT_SECURE=%t", d.TLS))
	if d.CA == "" {
		return environment, nil
	}
	trusted, err := filepath.Abs(d.CA)
	if err != nil {
		return nil, fmt.Errorf("the CA certificates for dbt: %w", err)
	}
	// Python trusts these in place of the system's; the last of a name counts.
	return append(environment, "SSL_CERT_FILE="+trusted, "SSL_CERT_DIR="+os.DevNull), nil
}

// Runs tells whether the dbt program starts.
func (d *DBT) Runs(ctx context.Context) error {
	if d.Program == "" {
		return ErrNoDBT
	}
	cmd := exec.CommandContext(ctx, d.Program, "--version") //nolint:gosec // dbt, where the settings or the project folder have it
	cmd.Env = baseEnvironment()
	out, err := cmd.CombinedOutput()
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w (there is no %s)", ErrNoDBT, d.Program)
	}
	if err != nil {
		return fmt.Errorf("%s does not run: %w: %.200s; run 'make tools' again", d.Program, err, out)
	}
	return nil
}
