WITH
    undecided AS
    (
        SELECT DISTINCT load_id FROM raw.coa_stay
        WHERE load_id NOT IN (SELECT l.load_id FROM ops.load AS l FINAL INNER JOIN ops.delivery AS d FINAL USING (supplier, delivery_id, manifest_sha256)) AND load_id NOT IN (SELECT load_id FROM ops.edition_input)
        UNION ALL SELECT DISTINCT load_id FROM raw.coa_permit
        WHERE load_id NOT IN (SELECT l.load_id FROM ops.load AS l FINAL INNER JOIN ops.delivery AS d FINAL USING (supplier, delivery_id, manifest_sha256)) AND load_id NOT IN (SELECT load_id FROM ops.edition_input)
        UNION ALL SELECT DISTINCT load_id FROM raw.coa_placement
        WHERE load_id NOT IN (SELECT l.load_id FROM ops.load AS l FINAL INNER JOIN ops.delivery AS d FINAL USING (supplier, delivery_id, manifest_sha256)) AND load_id NOT IN (SELECT load_id FROM ops.edition_input)
        UNION ALL SELECT DISTINCT load_id FROM raw.coa_participation
        WHERE load_id NOT IN (SELECT l.load_id FROM ops.load AS l FINAL INNER JOIN ops.delivery AS d FINAL USING (supplier, delivery_id, manifest_sha256)) AND load_id NOT IN (SELECT load_id FROM ops.edition_input)
        UNION ALL SELECT DISTINCT load_id FROM raw.municipality_residence
        WHERE load_id NOT IN (SELECT l.load_id FROM ops.load AS l FINAL INNER JOIN ops.delivery AS d FINAL USING (supplier, delivery_id, manifest_sha256)) AND load_id NOT IN (SELECT load_id FROM ops.edition_input)
        UNION ALL SELECT DISTINCT load_id FROM raw.municipality_bijstand
        WHERE load_id NOT IN (SELECT l.load_id FROM ops.load AS l FINAL INNER JOIN ops.delivery AS d FINAL USING (supplier, delivery_id, manifest_sha256)) AND load_id NOT IN (SELECT load_id FROM ops.edition_input)
        UNION ALL SELECT DISTINCT load_id FROM raw.municipality_inburgering
        WHERE load_id NOT IN (SELECT l.load_id FROM ops.load AS l FINAL INNER JOIN ops.delivery AS d FINAL USING (supplier, delivery_id, manifest_sha256)) AND load_id NOT IN (SELECT load_id FROM ops.edition_input)
        UNION ALL SELECT DISTINCT load_id FROM raw.municipality_provision
        WHERE load_id NOT IN (SELECT l.load_id FROM ops.load AS l FINAL INNER JOIN ops.delivery AS d FINAL USING (supplier, delivery_id, manifest_sha256)) AND load_id NOT IN (SELECT load_id FROM ops.edition_input)
        UNION ALL SELECT DISTINCT load_id FROM raw.uwv_employment
        WHERE load_id NOT IN (SELECT l.load_id FROM ops.load AS l FINAL INNER JOIN ops.delivery AS d FINAL USING (supplier, delivery_id, manifest_sha256)) AND load_id NOT IN (SELECT load_id FROM ops.edition_input)
        UNION ALL SELECT DISTINCT load_id FROM raw.uwv_work_permit
        WHERE load_id NOT IN (SELECT l.load_id FROM ops.load AS l FINAL INNER JOIN ops.delivery AS d FINAL USING (supplier, delivery_id, manifest_sha256)) AND load_id NOT IN (SELECT load_id FROM ops.edition_input)
        UNION ALL SELECT DISTINCT load_id FROM raw.duo_obligation
        WHERE load_id NOT IN (SELECT l.load_id FROM ops.load AS l FINAL INNER JOIN ops.delivery AS d FINAL USING (supplier, delivery_id, manifest_sha256)) AND load_id NOT IN (SELECT load_id FROM ops.edition_input)
        UNION ALL SELECT DISTINCT load_id FROM raw.duo_exam
        WHERE load_id NOT IN (SELECT l.load_id FROM ops.load AS l FINAL INNER JOIN ops.delivery AS d FINAL USING (supplier, delivery_id, manifest_sha256)) AND load_id NOT IN (SELECT load_id FROM ops.edition_input)
        UNION ALL SELECT DISTINCT load_id FROM raw.duo_mbo
        WHERE load_id NOT IN (SELECT l.load_id FROM ops.load AS l FINAL INNER JOIN ops.delivery AS d FINAL USING (supplier, delivery_id, manifest_sha256)) AND load_id NOT IN (SELECT load_id FROM ops.edition_input)
        UNION ALL SELECT DISTINCT load_id FROM raw.idw_valuation
        WHERE load_id NOT IN (SELECT l.load_id FROM ops.load AS l FINAL INNER JOIN ops.delivery AS d FINAL USING (supplier, delivery_id, manifest_sha256)) AND load_id NOT IN (SELECT load_id FROM ops.edition_input)
    ),
    seen AS
    (
        SELECT load_id FROM ops.retention WHERE layer = 'undecided' AND unit = 'seen' AND at < ?
    )
SELECT DISTINCT load_id, concat('load ', toString(load_id))
FROM undecided
WHERE load_id IN (SELECT load_id FROM seen)
ORDER BY 1
