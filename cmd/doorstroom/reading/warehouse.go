package reading

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/app"
	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/cmd/doorstroom/internal/terminal"
	"doorstroom/cmd/doorstroom/internal/wording"
	"doorstroom/pipelines/query"
)

func newWarehouse(a *app.App) *cobra.Command {
	return &cobra.Command{
		Use:   "warehouse",
		Short: "Keep the embedded ClickHouse up for tools that connect to it",
		Long: `Keeps the embedded ClickHouse up until it is stopped (Ctrl-C or SIGTERM), and
answers tools over ClickHouse's HTTP interface at DOORSTROOM_WAREHOUSE_PORT, for
this machine only. Prints the address, a login that may read and nothing else,
and what DBeaver, Superset, Power BI, Excel, R and Python want to be told.
docs/connecting.md says more.

The password is another one at each start unless DOORSTROOM_WAREHOUSE_PASSWORD
sets it. Meanwhile sql, report, editions and the other commands that read go
through it; run and the commands that change something wait for its end.

A ClickHouse server of your own is up already: connect to it as one of its users.`,
		Example: `  doorstroom warehouse
  DOORSTROOM_WAREHOUSE_PASSWORD=... DOORSTROOM_WAREHOUSE_PORT=8123 doorstroom warehouse`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return keepUp(cmd.Context(), a) },
	}
}

func keepUp(ctx context.Context, a *app.App) error {
	if a.Settings.ClickHouseAddr != "" {
		return exit.Usage(fmt.Errorf("DOORSTROOM_CLICKHOUSE_ADDR is set: connect to that server, %s, as one of its users", a.Settings.ClickHouseAddr))
	}
	listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(a.Settings.WarehousePort)))
	if err != nil {
		return exit.Environment(fmt.Errorf("listen for tools: %w; choose another port with DOORSTROOM_WAREHOUSE_PORT", err))
	}
	defer listener.Close()
	return a.With(ctx, engines.Needs{Shares: true}, func(ctx context.Context, e *engines.Engines) error {
		login := wording.Login{Addr: listener.Addr().String(), User: e.Questions.People.Name}
		password := string(a.Settings.WarehousePassword)
		if password == "" {
			password = rand.Text()
			login.Password = password // whoever set one knows it
		}
		if err := wording.Connecting(a.Out, login); err != nil {
			return err
		}
		fmt.Fprintln(a.Words(), "the warehouse is up; stop with Ctrl-C")
		return letIn(ctx, listener, &query.Gate{Server: e.Questions, User: login.User, Password: password, Shown: terminal.Shown})
	})
}

// letIn answers tools until ctx ends; being stopped from outside is not an error.
func letIn(ctx context.Context, listener net.Listener, gate http.Handler) error {
	server := &http.Server{Handler: gate, ReadHeaderTimeout: 10 * time.Second}
	stop := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stop()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("answer tools: %w", err)
	}
	if cause := context.Cause(ctx); !errors.Is(cause, context.Canceled) {
		return cause // ClickHouse ended by itself
	}
	return nil
}
