with kinds as (select unnest(['application', 'azc_arrival', 'first_participation', 'coupled', 'settled', 'brp_registered', 'permit', 'temporary_protection', 'intake_started', 'intake_done', 'pip_signed', 'map_done', 'pvt_signed', 'language_a2', 'language_b1', 'language_b2', 'knm', 'inburgering_done', 'diploma_requested', 'diploma_valued', 'mbo_started', 'first_provision', 'startbaan_started', 'work_permit_requested', 'work_permit_granted', 'first_job', 'first_work_in_azc', 'first_job_20h', 'sustained_6', 'sustained_12', 'sustained_18', 'bijstand_start', 'bijstand_exit_to_work', 'exit']) as kind),
started as (select *, case population when 'asylum' then permit_start when 'displaced' then protection_start end as started_on from people),
-- Of whom a step can be asked: adults of working age in the year that they began; the steps of the Wi2021 are asked under that law only.
asked as (
    select *, coalesce(year(started_on) - birth_year between 18 and 64, false)
        and (kind not in ('intake_started', 'intake_done', 'pip_signed', 'map_done') or law = 'Wi2021') as eligible
    from started cross join kinds
)
select population, cohort, kind, count(*) as people, count(date) as people_reached, share(count(date), count(*)) as people_reached_share,
    count(*) filter (eligible) as people_eligible, count(date) filter (eligible) as people_eligible_reached,
    share(count(date) filter (eligible), count(*) filter (eligible)) as people_eligible_reached_share
from asked left join reached using (person_id, kind)
where population in ('asylum', 'displaced')
group by all
