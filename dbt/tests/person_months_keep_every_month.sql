-- The join with people neither loses nor doubles a month.
select joined.months as joined_months, stated.months as stated_months
from (select count() as months from {{ ref('int_person_month') }} where edition = {{ edition_date() }}) as joined
cross join (select count() as months from {{ source('facts', 'month_status') }} where edition = {{ edition_date() }}) as stated
where joined.months != stated.months
