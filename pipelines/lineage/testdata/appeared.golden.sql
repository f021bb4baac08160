INSERT INTO work.after_change
SELECT 'person', multiIf(a = '', 'appeared', b = '', 'disappeared', 'person_id'), u
FROM work.after_pair WHERE a != b
