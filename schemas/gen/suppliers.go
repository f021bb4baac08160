package main

import (
	"fmt"
	"slices"
)

// most is how many suppliers a set of them in package link can hold.
const most = 8

// suppliers are the suppliers in the order of their records.
func suppliers(records []*record) (names []string) {
	for _, r := range records {
		if !slices.Contains(names, r.Supplier) {
			names = append(names, r.Supplier)
		}
	}
	return names
}

// check holds the records against each other, in their order.
func check(records []*record) error {
	for i, r := range records {
		switch {
		case r.Supplier == "" || r.Name[:min(len(r.Name), len(r.Supplier)+1)] != r.Supplier+"_":
			return fmt.Errorf("%s: its supplier is %q, with which and a _ its name must begin", r.Name, r.Supplier)
		case r.Order <= 0:
			return fmt.Errorf("%s has no order; give a number greater than 0, by which it comes after the records that stand before it", r.Name)
		case i > 0 && records[i-1].Order == r.Order:
			return fmt.Errorf("%s and %s have the same order, %d; give each its own", records[i-1].Name, r.Name, r.Order)
		case r.RecordName["nl"] == "" || r.RecordName["en"] == "":
			return fmt.Errorf("%s has no record_name in nl and in en, which the report calls it by", r.Name)
		}
		if r.MaxPeriodDays > 0 && r.PeriodName == "" {
			return fmt.Errorf("%s bounds its period with max_period_days and has no period_name, which messages call the period by", r.Name)
		}
		if err := r.checkRoute(); err != nil {
			return err
		}
	}
	return checkSuppliers(records)
}

// checkRoute holds what a record says of its way into route.
func (r *record) checkRoute() error {
	if r.Route.Type == "" || r.Route.List == "" || len(r.routed()) == 0 {
		return fmt.Errorf("%s has no route with a type and a list, or no field with a route: by those package route knows the record", r.Name)
	}
	for _, name := range r.CorrectedBy {
		if !slices.ContainsFunc(r.Fields, func(f *field) bool { return f.Name == name && f.always() && f.Route != "" && f.Work == "" }) {
			return fmt.Errorf("%s is corrected by %s, which is not a field that every row has and that route knows as it is", r.Name, name)
		}
	}
	for _, f := range r.Fields {
		if f.Route != "" && f.Kind == "pseudonym" && !f.always() {
			return fmt.Errorf("%s: route knows pseudonyms only of fields that every row has, and %s may be absent", r.Name, f.Name)
		}
	}
	return nil
}

func checkSuppliers(records []*record) error {
	all := suppliers(records)
	if len(all) > most {
		return fmt.Errorf("%d suppliers; the sets in pipelines/link hold %d: widen link.Suppliers first", len(all), most)
	}
	for _, s := range all {
		var own []*record
		var named int
		for i, r := range records {
			if r.Supplier != s {
				continue
			}
			if len(own) > 0 && records[i-1].Supplier != s {
				return fmt.Errorf("records of other suppliers stand between those of %s: change the order of %s", s, r.Name)
			}
			own = append(own, r)
			if r.SupplierName["nl"] != "" && r.SupplierName["en"] != "" {
				named++
			}
		}
		if named != 1 {
			return fmt.Errorf("%d records of %s have a supplier_name in nl and in en; give it in one of them, by which the report calls the supplier", named, s)
		}
	}
	return nil
}

// bySupplier are the outputs that follow from which suppliers and records there are: their lists, and the records of a person.
func bySupplier(root string, records []*record) (map[string]string, error) {
	manifest, err := manifestSchema(root, records)
	return map[string]string{
		manifestPath:                              manifest,
		"dbt/models/sources/supplier.md":          dbtWords(records),
		"dbt/macros/suppliers.sql":                dbtSuppliers(records),
		"pipelines/route/records_gen.go":          routeRecords(records),
		"pipelines/route/speccase/records_gen.go": caseRecords(records),
		"pipelines/slice/tables_gen.go":           workTables(records),
	}, err
}
