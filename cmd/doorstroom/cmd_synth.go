package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/cmd/doorstroom/internal/input"
	"doorstroom/cmd/doorstroom/internal/settings"
	"doorstroom/cmd/doorstroom/internal/terminal"
	"doorstroom/connectors"
	"doorstroom/connectors/synth"
	"doorstroom/connectors/synth/api"
)

func newSynth(a *app) *cobra.Command {
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
			return a.synth(cmd.Context(), o, day)
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

func (a *app) synth(ctx context.Context, o synth.Options, asOf time.Time) error {
	p := terminal.NewProgress(a.words())
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

func newSynthServe(a *app) *cobra.Command {
	var o api.Options
	var addr string
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the synthetic DUO and IDW extracts as their API",
		Long: `Serves the duo and idw folders of --dir as the suppliers' extract service
(OAuth2 client credentials, cursor paging, rate limit) until it is stopped. It
prints the settings under which 'doorstroom run' reads it, then an empty line.`,
		Example: "  doorstroom synth serve --dir suppliers --addr 127.0.0.1:8090",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.serveSynth(cmd.Context(), o, addr)
		},
	}
	cmd.Flags().StringVar(&o.Dir, "dir", "", "folder that 'doorstroom synth' wrote")
	cmd.Flags().StringVar(&addr, "addr", "127.0.0.1:0", "address to listen on; port 0 is any free one")
	cmd.Flags().StringVar(&o.ClientID, "client-id", "doorstroom", "OAuth2 client that may read")
	cmd.Flags().Float64Var(&o.RateLimit, "rate-limit", 50, "requests a second; more get 429")
	cmd.Flags().StringVar(&o.ClientSecret, "client-secret", "synthetic", "its secret; the data are synthetic")
	_ = cmd.MarkFlagRequired("dir")
	return cmd
}

func (a *app) serveSynth(ctx context.Context, o api.Options, addr string) error {
	if err := api.Check(o.Dir); err != nil {
		return fmt.Errorf("%s: %w", o.Dir, err)
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return exit.Environment(fmt.Errorf("listen on %s: %w; choose another with --addr", addr, err))
	}
	server := &http.Server{Handler: api.New(o), ReadHeaderTimeout: 10 * time.Second}
	go func() {
		<-ctx.Done()
		_ = server.Close()
	}()
	for _, supplier := range connectors.Served() {
		prefix := settings.OfSupplier("DOORSTROOM_", supplier)
		fmt.Fprintf(a.out, "%[1]sURL=http://%[2]s/%[3]s\n%[1]sCLIENT_ID=%[4]s\n%[1]sCLIENT_SECRET=%[5]s\n", prefix, listener.Addr(), supplier, o.ClientID, o.ClientSecret)
	}
	fmt.Fprintln(a.out)
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve the extracts: %w", err)
	}
	return nil
}
