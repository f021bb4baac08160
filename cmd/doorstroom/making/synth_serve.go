package making

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/app"
	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/cmd/doorstroom/internal/settings"
	"doorstroom/connectors"
	"doorstroom/connectors/synth/api"
)

func newSynthServe(a *app.App) *cobra.Command {
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
			return serveSynth(cmd.Context(), a, o, addr)
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

func serveSynth(ctx context.Context, a *app.App, o api.Options, addr string) error {
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
		fmt.Fprintf(a.Out, "%[1]sURL=http://%[2]s/%[3]s\n%[1]sCLIENT_ID=%[4]s\n%[1]sCLIENT_SECRET=%[5]s\n", prefix, listener.Addr(), supplier, o.ClientID, o.ClientSecret)
	}
	fmt.Fprintln(a.Out)
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve the extracts: %w", err)
	}
	return nil
}
