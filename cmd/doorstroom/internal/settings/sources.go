package settings

import (
	"fmt"

	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/connectors/source"
	"doorstroom/schemas"
)

// FoldersElsewhere are the suppliers' folders elsewhere that the settings name.
func (s *Settings) FoldersElsewhere() (folders []source.Folder, err error) {
	for _, supplier := range schemas.Suppliers {
		at := s.Sources[supplier]
		if at.URL == "" {
			continue
		}
		f := source.Folder{
			Supplier: supplier, URL: at.URL, User: at.User, Secret: string(at.Secret),
			KeyFile: at.KeyFile, HostKey: at.HostKey, KnownHosts: at.KnownHosts, AllowClearText: s.AllowClearText,
		}
		if f.TLS, err = tlsConfig(at.CA != "", at.CA); err != nil {
			return nil, exit.Environment(err)
		}
		if err := f.Check(); err != nil {
			return nil, exit.Usage(fmt.Errorf("%sURL: %w; 'doorstroom config' lists the settings beside it", OfSupplier("DOORSTROOM_SOURCE_", supplier), err))
		}
		folders = append(folders, f)
	}
	return folders, nil
}

// Interfaces are the suppliers' interfaces that the settings name.
func (s *Settings) Interfaces() (apis []source.API, err error) {
	for _, supplier := range schemas.Suppliers {
		at := s.APIs[supplier]
		if at.URL == "" {
			continue
		}
		trusted, err := tlsConfig(at.CA != "", at.CA)
		if err != nil {
			return nil, exit.Environment(err)
		}
		api := source.API{Supplier: supplier, BaseURL: at.URL, ClientID: at.ClientID,
			ClientSecret: string(at.ClientSecret), TLS: trusted, AllowClearText: s.AllowClearText}
		if err := api.Check(); err != nil {
			return nil, exit.Usage(fmt.Errorf("%sURL: %w; 'doorstroom config' lists the settings beside it", OfSupplier("DOORSTROOM_", supplier), err))
		}
		apis = append(apis, api)
	}
	return apis, nil
}
