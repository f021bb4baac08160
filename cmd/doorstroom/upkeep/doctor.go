package upkeep

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/app"
	"doorstroom/cmd/doorstroom/internal/doctor"
	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/cmd/doorstroom/internal/exit"
)

func newDoctor(a *app.App) *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Check that everything is there and reachable",
		Long: `Checks the parts one by one, as run will use them, and says of each that is missing
what to do: the addresses that Kafka gives for its brokers, topics and their limits,
the profile, the rights and the quota of the user at ClickHouse, row policies that
hide rows from it, its tables, free disk. Exit code 3 when something is missing.

It changes nothing: it makes no topics and no tables, and says what run will make.
Embedded engines are started only where there are some already.`,
		Example: "  doorstroom doctor",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return look(cmd.Context(), a) },
	}
}

func look(ctx context.Context, a *app.App) error {
	w := tabwriter.NewWriter(a.Out, 0, 0, 2, ' ', 0)
	missing := 0
	doctor.Look(ctx, a.Settings, a.Log, func(name, found string, err error) {
		if err != nil {
			missing++
			fmt.Fprintf(w, "MISSING\t%s\t%s\n", name, strings.ReplaceAll(err.Error(), "\n", " "))
			return
		}
		fmt.Fprintf(w, "ok\t%s\t%s\n", name, found)
	})
	if err := w.Flush(); err != nil {
		return err
	}
	if stopped := context.Cause(ctx); stopped != nil {
		return engines.Explain(ctx, a.Settings, stopped) // what was not looked at is not missing
	}
	if missing > 0 {
		return exit.Environment(fmt.Errorf("%d of the parts are missing; the lines above say what to do", missing))
	}
	return nil
}
