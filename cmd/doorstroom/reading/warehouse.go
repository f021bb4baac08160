package reading

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/app"
	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/cmd/doorstroom/internal/wording"
	"doorstroom/deploy/embedded"
)

func newWarehouse(a *app.App) *cobra.Command {
	return &cobra.Command{
		Use:   "warehouse",
		Short: "Keep the embedded ClickHouse up for tools that connect to it",
		Long: `Keeps the embedded ClickHouse up until it is stopped (Ctrl-C or SIGTERM), on
the ports that DOORSTROOM_WAREHOUSE_PORT and DOORSTROOM_WAREHOUSE_HTTP_PORT say,
for this machine only. Prints its addresses, a login that may read and nothing
else, and what DBeaver, Superset, Power BI, Excel, R and Python want to be told.
docs/connecting.md says more.

The password is another one at each start unless DOORSTROOM_WAREHOUSE_PASSWORD
sets it. Meanwhile sql, report, editions and the other commands that read go
through it; run and the commands that change something wait for its end.

A ClickHouse server of your own is up already: connect to it as one of its users.`,
		Example: `  doorstroom warehouse
  DOORSTROOM_WAREHOUSE_PASSWORD=... DOORSTROOM_WAREHOUSE_HTTP_PORT=8123 doorstroom warehouse`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return keepUp(cmd.Context(), a) },
	}
}

func keepUp(ctx context.Context, a *app.App) error {
	if a.Settings.ClickHouseAddr != "" {
		return exit.Usage(fmt.Errorf("DOORSTROOM_CLICKHOUSE_ADDR is set: connect to that server, %s, as one of its users", a.Settings.ClickHouseAddr))
	}
	if !embedded.Confines() {
		return exit.Environment(errors.New("this system cannot keep ClickHouse from files outside its folder (Landlock, Linux 6.2), so whoever connects could read them: use a ClickHouse server of your own"))
	}
	return a.With(ctx, engines.Needs{Shares: true, Ports: true}, func(ctx context.Context, e *engines.Engines) error {
		login := wording.Login{Native: e.NativeAddr(), HTTP: e.Questions.Addr, User: e.Questions.People.Name, Password: e.Questions.People.Password}
		if a.Settings.WarehousePassword != "" {
			login.Password = "" // whoever set it knows it
		}
		if err := wording.Connecting(a.Out, login); err != nil {
			return err
		}
		fmt.Fprintln(a.Words(), "the warehouse is up; stop with Ctrl-C")
		<-ctx.Done()
		if cause := context.Cause(ctx); !errors.Is(cause, context.Canceled) {
			return cause // it ended by itself
		}
		return nil
	})
}
