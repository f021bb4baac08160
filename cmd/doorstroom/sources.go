package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"doorstroom/connectors/source"
	"doorstroom/schemas"
)

// folders are the suppliers' folders elsewhere that the settings name.
func (a *app) folders() (folders []source.Folder, err error) {
	for _, supplier := range schemas.Suppliers {
		s := a.settings.Sources[supplier]
		if s.URL == "" {
			continue
		}
		f := source.Folder{
			Supplier: supplier, URL: s.URL, User: s.User, Secret: string(s.Secret),
			KeyFile: s.KeyFile, HostKey: s.HostKey, KnownHosts: s.KnownHosts, AllowClearText: a.settings.AllowClearText,
		}
		if f.TLS, err = tlsConfig(s.CA != "", s.CA); err != nil {
			return nil, environment(err)
		}
		if err := f.Check(); err != nil {
			return nil, usage(fmt.Errorf("%sURL: %w; 'doorstroom config' lists the settings beside it", ofSupplier("DOORSTROOM_SOURCE_", supplier), err))
		}
		folders = append(folders, f)
	}
	return folders, nil
}

// lookTimeout bounds what doctor waits for one supplier.
const lookTimeout = 30 * time.Second

// apiChecks are those of the suppliers' interfaces, for doctor.
func (a *app) apiChecks(ctx context.Context) []check {
	apis, err := a.apis()
	if err != nil {
		return []check{{"settings of the suppliers' interfaces", func() (string, error) { return "", err }}}
	}
	var checks []check
	for _, api := range apis {
		checks = append(checks, check{strings.ToUpper(api.Supplier) + "'s extract service", func() (string, error) {
			ctx, cancel := context.WithTimeout(ctx, lookTimeout)
			defer cancel()
			return api.BaseURL, api.Look(ctx)
		}})
	}
	return checks
}

// folderChecks are those of the suppliers' folders, for doctor.
func (a *app) folderChecks(ctx context.Context) []check {
	folders, err := a.folders()
	if err != nil {
		return []check{{"settings of the suppliers' folders", func() (string, error) { return "", err }}}
	}
	var checks []check
	for _, f := range folders {
		checks = append(checks, check{"folder of " + f.Supplier, func() (string, error) {
			ctx, cancel := context.WithTimeout(ctx, lookTimeout)
			defer cancel()
			n, err := f.Look(ctx)
			return fmt.Sprintf("%s, %d deliveries", f.URL, n), err
		}})
	}
	return checks
}
