-- marts.stage_by_month
from stages_of('asylum')
