-- Rows of a small run as a warehouse holds them that applied the migrations up to 00014. Columns are named, so that the same
-- rows can be put into tables of today.
INSERT INTO ops.delivery (supplier, delivery_id, manifest_sha256, drawn_on, mode, status, reason, rows_in_files, rows_accepted, rows_quarantined, decided_at, synthetic) VALUES
('coa', 'a', 'aa', '2026-05-31', 'full', 'accepted', '', 3, 2, 1, '2026-06-01 08:00:00', true),
('uwv', 'b', 'bb', '2026-05-31', 'full', 'refused', 'withdrawn', 1, 0, 0, '2026-06-02 08:00:00', true);
INSERT INTO ops.load (load_id, supplier, delivery_id, manifest_sha256, drawn_on, covers_from, covers_to, mode, municipality_codes, reading_version, detail, written_at) VALUES
(1, 'coa', 'a', 'aa', '2026-05-31', NULL, NULL, 'full', [], '2', '', '2026-06-01 08:00:00'),
(2, 'uwv', 'b', 'bb', '2026-05-31', '2026-01-01', '2026-04-30', 'full', [], '2', '', '2026-06-01 08:00:00');
INSERT INTO ops.delivery_record (load_id, supplier, delivery_id, manifest_sha256, drawn_on, mode, municipality_codes, record, rows_in_files, rows_accepted, rows_quarantined, filled) VALUES
(1, 'coa', 'a', 'aa', '2026-05-31', 'full', [], 'coa_stay', 3, 2, 1, {'end': 1}), (2, 'uwv', 'b', 'bb', '2026-05-31', 'full', [], 'uwv_employment', 1, 1, 0, {});
INSERT INTO ops.delivery_file (load_id, file_no, record, name, sha256, bytes, rows_in_file, rows_accepted, rows_quarantined, row_sum, row_squares, digest) VALUES
(1, 0, 'coa_stay', 'stay.jsonl', 'ff', 300, 3, 2, 1, 3, 5, 12345), (2, 0, 'uwv_employment', 'e.parquet', 'fe', 100, 1, 1, 0, 1, 1, NULL);
INSERT INTO ops.quarantine_entry (load_id, record, file, row, field, rule) VALUES (1, 'coa_stay', 'stay.jsonl', 3, 'start', 'missing');
INSERT INTO ops.operator_action (at, who, action, subject, why) VALUES ('2026-06-02 08:00:00', 'tester', 'withdraw', 'uwv/b', 'test');
INSERT INTO raw.digest_key (k0, k1, made_at) VALUES (1, 2, '2026-06-01 08:00:00');
INSERT INTO raw.coa_stay (load_id, file_no, row_no, record_id, pseudonym_v, location, municipality_code, start, end) VALUES
(1, 0, 1, 'S1', 'vvvvvvvvvvvvvvv1', 'AZC-1', '0363', '2025-01-01', '2025-02-01'), (1, 0, 2, 'S2', 'vvvvvvvvvvvvvvv2', 'AZC-1', '0518', '2025-01-01', NULL);
INSERT INTO raw.uwv_employment (load_id, file_no, row_no, record_id, pseudonym_b, ikv_id, period_start, period_end, ikv_start, hours_paid) VALUES
(2, 0, 1, 'W1', 'bbbbbbbbbbbbbbb1', 'I1', '2026-01-01', '2026-01-31', '2025-01-01', 100.5);
INSERT INTO ops.build (build, edition, started_at, status, written_at) VALUES (1780300800000000, '2026-05-31', '2026-06-01 08:00:00', 'closed', '2026-06-01 08:00:00');
INSERT INTO ops.slice (build, slice, persons, records, rows, done_at) VALUES (1780300800000000, 0, 2, 3, {'person': 2}, '2026-06-01 08:00:00');
INSERT INTO ops.edition (edition, build, built_at, inputs, definition_version, horizon, grid_end, closed, deliveries, records, persons, rows, synthetic, written_at) VALUES
('2026-05-31', 1780300800000000, '2026-06-01 08:00:01', 'hash', '2', '2026-04-30', '2026-04-30', true, 2, 3, 2, {'person': 2}, true, '2026-06-01 08:00:01');
INSERT INTO facts_store.person (build, edition, person_id, linkage, cohort) VALUES
(1780300800000000, '2026-05-31', 'vaaaaaaaaaaaaaaaaaaaaaaaaaa', 'v_only', 2025), (1780300800000000, '2026-05-31', 'baaaaaaaaaaaaaaaaaaaaaaaaaa', 'b_only', NULL);
INSERT INTO facts_store.first_link (build, edition, person_id, record, first_linked_on, delivered_since) VALUES
(1780300800000000, '2026-05-31', 'vaaaaaaaaaaaaaaaaaaaaaaaaaa', 'coa_stay', '2026-05-31', '2026-05-31');
