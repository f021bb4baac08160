package main

import (
	"context"
	"reflect"
	"strings"

	"github.com/sethvargo/go-envconfig"

	"doorstroom/connectors"
	"doorstroom/schemas"
)

// readSuppliers reads the settings of each supplier: all may leave a folder elsewhere, those with pages serve an interface.
func (s *settings) readSuppliers(ctx context.Context, env envconfig.Lookuper) error {
	for _, supplier := range connectors.Served() {
		var api supplierAPI
		if err := readSupplier(ctx, env, "DOORSTROOM_", supplier, &api); err != nil {
			return err
		}
		s.APIs[supplier] = api
	}
	for _, supplier := range schemas.Suppliers {
		var folder sourceFolder
		if err := readSupplier(ctx, env, "DOORSTROOM_SOURCE_", supplier, &folder); err != nil {
			return err
		}
		s.Sources[supplier] = folder
	}
	return nil
}

func readSupplier(ctx context.Context, env envconfig.Lookuper, prefix, supplier string, target any) error {
	return envconfig.ProcessWith(ctx, &envconfig.Config{Target: target, Lookuper: envconfig.PrefixLookuper(ofSupplier(prefix, supplier), env)})
}

// ofSupplier is how the settings of a supplier begin.
func ofSupplier(prefix, supplier string) string { return prefix + strings.ToUpper(supplier) + "_" }

// each shows every setting below a struct of settings: its name, its tag and its value, those of suppliers in their order.
func each(v reflect.Value, prefix string, see func(name string, tag reflect.StructTag, value any)) {
	for i := range v.NumField() {
		tag := v.Type().Field(i).Tag
		name, rest := cutTag(tag.Get("env"))
		if p, ok := rest["prefix"]; ok {
			each(v.Field(i), prefix+p, see)
			continue
		}
		if p, ok := tag.Lookup("each"); ok {
			for _, supplier := range schemas.Suppliers {
				if own := v.Field(i).MapIndex(reflect.ValueOf(supplier)); own.IsValid() {
					each(own, ofSupplier(p, supplier), see)
				}
			}
			continue
		}
		see(prefix+name, tag, v.Field(i).Interface())
	}
}
