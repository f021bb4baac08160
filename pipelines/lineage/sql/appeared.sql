INSERT INTO {{.After}}change
SELECT 'person', multiIf(a = '', 'appeared', b = '', 'disappeared', 'person_id'), u
FROM {{.After}}pair WHERE a != b
