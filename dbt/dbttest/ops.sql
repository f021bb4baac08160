-- What was delivered, the same for every edition of the tests.
insert into ops.delivery (supplier, delivery_id, manifest_sha256, drawn_on, mode, status, reason, rows_in_files, rows_accepted, rows_quarantined, decided_at) values
('coa', 'coa-2026-05', 'aa01', '2026-05-31', 'full', 'accepted', '', 1010, 1000, 10, '2026-07-01 08:00:00'),
('coa', 'coa-2026-06', 'aa02', '2026-06-15', 'mutation', 'accepted', '', 200, 200, 0, '2026-07-01 08:00:01'),
('municipality', 'g0363-2026-05', 'bb01', '2026-05-31', 'full', 'accepted', '', 3002, 3000, 2, '2026-07-01 08:00:02'),
('municipality', 'g0344-2026-05', 'bb02', '2026-05-31', 'full', 'refused', 'implausible_shrink', 500, 0, 0, '2026-07-01 08:00:03'),
('uwv', 'uwv-2026-04', 'cc01', '2026-05-20', 'full', 'accepted', '', 90000, 89990, 10, '2026-07-01 08:00:04'),
('uwv', 'uwv-2026-07', 'cc02', '2026-07-20', 'mutation', 'accepted', '', 900, 900, 0, '2026-07-21 08:00:04'),
('duo', 'duo-2026-05', 'dd01', '2026-05-31', 'full', 'accepted', '', 4000, 4000, 0, '2026-07-01 08:00:05'),
('idw', 'idw-2026-05', 'ee01', null, null, 'refused', 'manifest_invalid', 0, 0, 0, '2026-07-01 08:00:06');

insert into ops.delivery_record (load_id, supplier, delivery_id, manifest_sha256, drawn_on, covers_from, covers_to, mode, municipality_codes, record, rows_in_files, rows_accepted, rows_quarantined) values
(1, 'coa', 'coa-2026-05', 'aa01', '2026-05-31', '2014-01-01', '2026-05-31', 'full', [], 'coa_stay', 600, 595, 5),
(1, 'coa', 'coa-2026-05', 'aa01', '2026-05-31', '2014-01-01', '2026-05-31', 'full', [], 'coa_permit', 410, 405, 5),
(2, 'coa', 'coa-2026-06', 'aa02', '2026-06-15', '2026-06-01', '2026-06-15', 'mutation', [], 'coa_stay', 200, 200, 0),
(3, 'municipality', 'g0363-2026-05', 'bb01', '2026-05-31', '2014-01-01', '2026-05-31', 'full', ['0363'], 'municipality_residence', 3002, 3000, 2),
(4, 'uwv', 'uwv-2026-04', 'cc01', '2026-05-20', '2014-01-01', '2026-03-31', 'full', [], 'uwv_employment', 90000, 89990, 10),
(5, 'uwv', 'uwv-2026-07', 'cc02', '2026-07-20', '2026-04-01', '2026-06-30', 'mutation', [], 'uwv_employment', 900, 900, 0),
(6, 'duo', 'duo-2026-05', 'dd01', '2026-05-31', '2014-01-01', '2026-05-31', 'full', [], 'duo_exam', 4000, 4000, 0);

insert into ops.load (load_id, supplier, delivery_id, manifest_sha256) values
(1, 'coa', 'coa-2026-05', 'aa01'), (2, 'coa', 'coa-2026-06', 'aa02'), (3, 'municipality', 'g0363-2026-05', 'bb01'), (4, 'uwv', 'uwv-2026-04', 'cc01'),
(5, 'uwv', 'uwv-2026-07', 'cc02'), (6, 'duo', 'duo-2026-05', 'dd01');

insert into ops.quarantine_entry values
(1, 'coa_stay', 'stays.jsonl.gz', 7, 'end', 'end_before_start'),
(1, 'coa_stay', 'stays.jsonl.gz', 9, 'end', 'end_before_start'),
(1, 'coa_permit', 'permits.jsonl.gz', 7, 'title_code', 'code_not_in_list'),
(3, 'municipality_residence', 'residence.csv', 3, 'settled_on', 'not_a_date'),
(3, 'municipality_residence', 'residence.csv', 3, 'left_on', 'not_a_date'),
(4, 'uwv_employment', 'emp.parquet', 3, 'hours_paid', 'not_a_number');
