-- Who is linked was linked by some record: every linked person of the edition has a first link. An edition that was closed
-- before first links were kept has none at all.
select count() as persons
from {{ ref('stg_person') }} as people
where people.edition = {{ edition_date() }}
    and people.linkage = 'linked'
    and people.person_id not in (select person_id from {{ ref('stg_first_link') }} where edition = {{ edition_date() }})
    and (select count() from {{ ref('stg_first_link') }} where edition = {{ edition_date() }}) > 0
having persons > 0
