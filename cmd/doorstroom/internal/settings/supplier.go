package settings

import (
	"context"
	"strings"

	"github.com/sethvargo/go-envconfig"

	"doorstroom/connectors"
	"doorstroom/schemas"
)

// readSuppliers reads the settings of each supplier: all may leave a folder elsewhere, those with pages serve an interface.
func (s *Settings) readSuppliers(ctx context.Context, env envconfig.Lookuper) error {
	for _, supplier := range connectors.Served() {
		var api API
		if err := readSupplier(ctx, env, "DOORSTROOM_", supplier, &api); err != nil {
			return err
		}
		s.APIs[supplier] = api
	}
	for _, supplier := range schemas.Suppliers {
		var folder Folder
		if err := readSupplier(ctx, env, "DOORSTROOM_SOURCE_", supplier, &folder); err != nil {
			return err
		}
		s.Sources[supplier] = folder
	}
	return nil
}

func readSupplier(ctx context.Context, env envconfig.Lookuper, prefix, supplier string, target any) error {
	return envconfig.ProcessWith(ctx, &envconfig.Config{Target: target, Lookuper: envconfig.PrefixLookuper(OfSupplier(prefix, supplier), env)})
}

// OfSupplier is how the settings of a supplier begin.
func OfSupplier(prefix, supplier string) string { return prefix + strings.ToUpper(supplier) + "_" }
