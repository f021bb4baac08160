{{ config(order_by=['supplier', 'cohort']) }}

{%- set suppliers = ['all'] + suppliers() -%}
{%- set windows = [30, 90, 180, 365] %}

with

people as (
    select source.edition as edition, source.person_id as person_id, assumeNotNull(source.cohort) as cohort,
        assumeNotNull(source.permit_on) as permit_on, source.linkage as linkage
    from {{ ref('stg_person') }} as source
    where source.edition = {{ edition_date() }} and source.cohort is not null
),

links as (
    select source.person_id as person_id, arrayJoin([source.supplier, 'all']) as supplier, source.first_linked_on as linked_on,
        source.delivered_since as delivered_since
    from {{ ref('stg_first_link') }} as source
    where source.edition = {{ edition_date() }}
),

-- From this day on every record, of every municipality, that links anybody was being delivered.
beginnings as (
    select supplier, max(links.delivered_since) as since
    from links
    group by supplier
),

first_links as (
    select
        person_id,
        supplier,
        min((linked_on, linked_on != delivered_since)) as earliest,
        earliest.1 as first_on,
        not earliest.2 as is_at_first_delivery
    from links
    group by person_id, supplier
),

histories as (
    select
        people.edition as edition,
        people.cohort as cohort,
        arrayJoin({{ suppliers }}) as supplier,
        people.person_id as person_id,
        people.permit_on as permit_on,
        people.linkage as linkage
    from people
),

known as (
    select
        histories.edition as edition,
        histories.cohort as cohort,
        histories.supplier as supplier,
        histories.permit_on as permit_on,
        beginnings.since as since,
        first_links.first_on is not null as has_link,
        has_link and histories.linkage = 'linked' as is_linked,
        has_link and histories.linkage = 'conflict' as is_conflict,
        has_link and histories.linkage in ('v_only', 'b_only') as is_withdrawn,
        is_linked and first_links.is_at_first_delivery as is_at_first_delivery,
        ifNull(histories.permit_on >= beginnings.since, false) as is_followed,
        dateDiff('day', histories.permit_on, first_links.first_on) as days
    from histories
    left join beginnings on histories.supplier = beginnings.supplier
    left join first_links on histories.person_id = first_links.person_id and histories.supplier = first_links.supplier
),

counted as (
    select
        edition,
        supplier,
        cohort,
        count() as persons,
        countIf(is_linked) as linked,
        countIf(is_withdrawn) as withdrawn,
        countIf(is_conflict) as in_conflict,
        countIf(is_at_first_delivery) as linked_at_first_delivery,
        any(since) as followed_since,
        countIf(is_followed) as followed,
        countIf(is_followed and is_linked) as followed_linked,
        countIf(is_followed and is_linked and days < 0) as linked_before_permit
        {%- for n in windows %},
        countIf(is_followed and permit_on + {{ n }} <= edition) as observed_{{ n }},
        countIf(is_followed and permit_on + {{ n }} <= edition and is_linked and days <= {{ n }}) as within_{{ n }}
        {%- endfor %}
    from known
    group by edition, supplier, cohort
)

select
    edition,
    supplier,
    cohort,
    persons,
    linked,
    {{ share('linked', 'persons') }} as linked_share,
    withdrawn,
    in_conflict,
    linked_at_first_delivery,
    followed_since,
    followed,
    followed_linked,
    linked_before_permit
    {%- for n in windows %},
    observed_{{ n }},
    within_{{ n }},
    {{ share('within_' ~ n, 'observed_' ~ n) }} as within_{{ n }}_share
    {%- endfor %}
from counted
