package making

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/app"
	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/cmd/doorstroom/internal/input"
	"doorstroom/cmd/doorstroom/internal/terminal"
	"doorstroom/connectors/synth"
)

func newSynth(a *app.App) *cobra.Command {
	var o synth.Options
	var asOf string
	cmd := &cobra.Command{
		Use:   "synth",
		Short: "Make synthetic deliveries of all suppliers",
		Long: "Writes deliveries of " + strings.Join(synth.Suppliers(), ", ") + ` about a synthetic
population, as the contract says: a first full delivery and later mutations per
supplier. The same arguments give the same bytes. No real person is in them.`,
		Example: `  doorstroom synth --out suppliers --persons 20000 --seed 1 --as-of 2026-06-30
  doorstroom synth serve --dir suppliers`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			day, err := input.Day("--as-of", asOf)
			if err != nil {
				return err
			}
			return generate(cmd.Context(), a, o, day)
		},
	}
	cmd.Flags().StringVar(&o.Out, "out", "", "folder for the deliveries, empty or not there yet")
	cmd.Flags().IntVar(&o.Persons, "persons", 20000, "people in all")
	cmd.Flags().Uint64Var(&o.Seed, "seed", 1, "another seed gives another population")
	cmd.Flags().StringVar(&asOf, "as-of", input.Today(), "day on which the latest deliveries are drawn")
	_ = cmd.MarkFlagRequired("out")
	cmd.AddCommand(newSynthServe(a))
	return cmd
}

func generate(ctx context.Context, a *app.App, o synth.Options, asOf time.Time) error {
	p := terminal.NewProgress(a.Words())
	defer p.Stop()
	p.Start("synthetic deliveries", "steps", 0)
	o.AsOf = asOf
	o.Progress = func(done, total int) { p.Set(int64(done), int64(total)) }
	err := synth.Generate(ctx, o)
	if errors.Is(err, synth.ErrOptions) {
		return exit.Usage(err)
	}
	if err != nil {
		return err
	}
	p.End(fmt.Sprintf("%d persons in %s", o.Persons, o.Out))
	return nil
}
