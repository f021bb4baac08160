{#-
  Fits the table of a mart to a query that changed, so that the other editions keep every value that they have: they may have
  been released. A new column is NULL in them, whatever it is in this edition; a column that the query no longer has stays, and
  is NULL in this edition. NULL is the only value that cannot be taken for one. What that cannot be done with is refused: another
  type, a list or map that comes or goes, a column of the table's key that goes.
-#}
{% macro make_room_for_edition(relation, sql) -%}
    {%- set wanted = {} -%}
    {%- for column in adapter.get_column_schema_from_query(sql) -%}{%- do wanted.update({column.name: column}) -%}{%- endfor -%}
    {%- set keys = mart_keys(relation) -%}
    {%- set there = [] -%}
    {%- set changes = [] -%}
    {%- for column in adapter.get_columns_in_relation(relation) -%}
        {%- do there.append(column.name) -%}
        {%- set now = wanted.get(column.name) -%}
        {%- if now is not none and now.dtype != column.dtype -%}
            {%- do refuse_mart_change(relation, column.name, 'is ' ~ column.dtype ~ ' and would become ' ~ now.dtype) -%}
        {%- elif not column.is_nullable and (now is none or now.is_nullable) -%}
            {%- if column.name in keys or not can_be_null(column) -%}
                {%- do refuse_mart_change(relation, column.name, 'would have no value in new editions') -%}
            {%- endif -%}
            {%- do changes.append('modify column `' ~ column.name ~ '` ' ~ nullable_type(column)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for column in wanted.values() if column.name not in there -%}
        {%- if not can_be_null(column) -%}{%- do refuse_mart_change(relation, column.name, 'would have no value in editions that stand') -%}{%- endif -%}
        {%- do changes.append('add column `' ~ column.name ~ '` ' ~ nullable_type(column)) -%}
    {%- endfor -%}
    {%- if changes -%}
        {%- call statement('make_room') -%} alter table {{ relation }} {{ changes | join(', ') }} {%- endcall -%}
    {%- endif -%}
{%- endmacro %}

{#- Columns that the rows of a table are sorted or partitioned by. -#}
{% macro mart_keys(relation) -%}
    {%- set found = run_query("select name from system.columns where database = '" ~ relation.schema ~ "' and table = '" ~ relation.identifier ~ "' and (is_in_sorting_key or is_in_partition_key)") -%}
    {{ return(found.columns[0].values() | list) }}
{%- endmacro %}

{% macro can_be_null(column) -%}
    {{ return(not modules.re.match('(Array|Map|Tuple|Nested)\\(', column.dtype)) }}
{%- endmacro %}

{% macro nullable_type(column) -%}
    {{ return(('LowCardinality(Nullable(' ~ column.dtype ~ '))') if column.is_low_cardinality else ('Nullable(' ~ column.dtype ~ ')')) }}
{%- endmacro %}

{% macro refuse_mart_change(relation, column, why) -%}
    {{ exceptions.raise_compiler_error('column ' ~ column ~ ' of mart ' ~ relation.identifier ~ ' ' ~ why
        ~ ', and editions that stand keep their columns as they were released: keep it, and give what is new another name, or make a new mart') }}
{%- endmacro %}
