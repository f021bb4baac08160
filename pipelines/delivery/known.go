package delivery

import (
	"context"
	"fmt"
	"time"

	"doorstroom/pipelines/warehouse"
)

// Known is what was decided so far, read in one query. It is not safe for concurrent changes, and nothing changes it but Decide's own copy.
type Known struct {
	status   map[attempt]string
	accepted map[deliveryKey]string // the manifest in force
	// takenBack are those that an operator withdrew.
	takenBack map[attempt]bool
}

type deliveryKey struct{ supplier, deliveryID string }

type attempt struct {
	deliveryKey
	manifestSHA256 string
}

// NothingKnown is what a warehouse without tables knows.
func NothingKnown() *Known {
	return &Known{status: make(map[attempt]string), accepted: make(map[deliveryKey]string), takenBack: make(map[attempt]bool)}
}

// Decisions reads all decisions.
func Decisions(ctx context.Context, db *warehouse.DB) (*Known, error) {
	k := NothingKnown()
	rows, err := db.Query(ctx, "SELECT supplier, delivery_id, manifest_sha256, status, reason FROM ops.delivery FINAL")
	if err != nil {
		return nil, fmt.Errorf("reading decided deliveries: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var supplier, id, manifest, status, reason string
		if err := rows.Scan(&supplier, &id, &manifest, &status, &reason); err != nil {
			return nil, fmt.Errorf("reading decided deliveries: %w", err)
		}
		k.add(supplier, id, manifest, status)
		if reason == Withdrawn {
			k.takenBack[attempt{deliveryKey{supplier, id}, manifest}] = true
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading decided deliveries: %w", err)
	}
	return k, nil
}

// Decided tells whether this very manifest was decided before, so that there is
// nothing to read, and whether another manifest of the delivery was accepted,
// so that this one is refused as delivery_id_reused.
func (k *Known) Decided(supplier, deliveryID, manifestSHA256 string) (same, otherAccepted bool) {
	key := deliveryKey{supplier, deliveryID}
	_, same = k.status[attempt{key, manifestSHA256}]
	accepted, any := k.accepted[key]
	return same, any && accepted != manifestSHA256
}

// Refused tells whether this very manifest was refused by a rule of the contract.
// One that an operator withdrew was not: what it says is not wanted again.
func (k *Known) Refused(supplier, deliveryID, manifestSHA256 string) bool {
	a := attempt{deliveryKey{supplier, deliveryID}, manifestSHA256}
	return k.status[a] == Refused && !k.takenBack[a]
}

func (k *Known) add(supplier, deliveryID, manifestSHA256, status string) {
	key := deliveryKey{supplier, deliveryID}
	k.status[attempt{key, manifestSHA256}] = status
	if status == Accepted {
		k.accepted[key] = manifestSHA256
	}
}

// DecidedBefore tells of manifests whether they were decided before a moment.
func DecidedBefore(ctx context.Context, db *warehouse.DB, before time.Time) (func(supplier, deliveryID, manifestSHA256 string) bool, error) {
	rows, err := db.Query(ctx, "SELECT supplier, delivery_id, manifest_sha256 FROM ops.delivery FINAL WHERE decided_at < ?", before)
	if err != nil {
		return nil, fmt.Errorf("reading decided deliveries: %w", err)
	}
	defer rows.Close()
	decided := make(map[attempt]bool)
	for rows.Next() {
		var a attempt
		if err := rows.Scan(&a.supplier, &a.deliveryID, &a.manifestSHA256); err != nil {
			return nil, fmt.Errorf("reading decided deliveries: %w", err)
		}
		decided[a] = true
	}
	return func(supplier, deliveryID, manifestSHA256 string) bool {
		return decided[attempt{deliveryKey{supplier, deliveryID}, manifestSHA256}]
	}, rows.Err()
}
