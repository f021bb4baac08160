SELECT edition, definition_version, synthetic, work_horizon, grid_end, persons, persons_with_permit, displaced_persons,
    conflict_sets, conflict_pseudonyms
FROM marts.editions
ORDER BY edition
