-- People by linkage add up to the people of the facts, and so do those of mart editions.
select linked.persons as linked_persons, totals.persons as edition_persons, facts.persons as fact_persons
from (select sum(persons) as persons from {{ ref('person_linkage') }} where edition = {{ edition_date() }}) as linked
cross join (select sum(persons) as persons from {{ ref('editions') }} where edition = {{ edition_date() }}) as totals
cross join (select count() as persons from {{ source('facts', 'person') }} where edition = {{ edition_date() }}) as facts
where linked.persons != facts.persons or totals.persons != facts.persons
