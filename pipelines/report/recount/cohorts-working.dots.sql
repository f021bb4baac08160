select 't:dot|' || cohort || '|' || k || '|x:' || printf('%.1f', value) as hint, '’' || cohort[3:] as label, k::double as x, value / 100 as y
from published where metric = 'werkend' and k is not null and one_cohort is not null and groep = 'totaal'
