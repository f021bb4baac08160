package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"doorstroom/connectors/source"
)

// folders are the suppliers' folders elsewhere that the settings name.
func (a *app) folders() (folders []source.Folder, err error) {
	for _, s := range []struct {
		supplier, setting string
		folder            sourceFolder
	}{
		{"coa", "DOORSTROOM_SOURCE_COA_URL", a.settings.SourceCOA},
		{"municipality", "DOORSTROOM_SOURCE_MUNICIPALITY_URL", a.settings.SourceMunicipality},
		{"uwv", "DOORSTROOM_SOURCE_UWV_URL", a.settings.SourceUWV},
		{"duo", "DOORSTROOM_SOURCE_DUO_URL", a.settings.SourceDUO},
		{"idw", "DOORSTROOM_SOURCE_IDW_URL", a.settings.SourceIDW},
	} {
		if s.folder.URL == "" {
			continue
		}
		f := source.Folder{
			Supplier: s.supplier, URL: s.folder.URL, User: s.folder.User, Secret: string(s.folder.Secret),
			KeyFile: s.folder.KeyFile, HostKey: s.folder.HostKey, KnownHosts: s.folder.KnownHosts, AllowClearText: a.settings.AllowClearText,
		}
		if f.TLS, err = tlsConfig(s.folder.CA != "", s.folder.CA); err != nil {
			return nil, environment(err)
		}
		if err := f.Check(); err != nil {
			return nil, usage(fmt.Errorf("%s: %w; 'doorstroom config' lists the settings beside it", s.setting, err))
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
