{#- The views latest.<mart> and as_of.<mart>(date = ...), of every mart whose columns are not those of its view: marts hold all
    editions, and who adds them up counts people twice. Of an edition that is being made the views show nothing: they take the
    latest of which all marts are complete. -#}
{% macro views_of_one_edition() -%}
    {%- if execute -%}
        {%- set marts = [] -%}
        {%- for node in graph.nodes.values() if node.resource_type == 'model' and node.config.materialized == 'edition_table' -%}
            {%- do marts.append(node.alias) -%}
        {%- endfor -%}
        {%- for mart in run_query(marts_without_view(marts)) -%}
            {%- set complete = 'select max(edition) from ops.complete_marts' -%}
            {%- for database, condition in {'latest': '', 'as_of': ' where edition <= {date:Date}'}.items() -%}
                {%- do run_query(
                    'create or replace view ' ~ database ~ '.' ~ mart['name'] ~ ' (' ~ mart['described'] ~ ') as select ' ~ mart['selected']
                    ~ ' from marts.' ~ mart['name'] ~ ' where edition = (' ~ complete ~ condition ~ ') comment ' ~ mart['comment']
                ) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}

{% macro marts_without_view(marts) %}
    with described as (
        select
            database,
            table,
            arrayMap(c -> (c.2, c.3, c.4), arraySort(groupArray((position, name, type, comment)))) as columns
        from system.columns
        where database in ('marts', 'latest') and table in ('{{ marts | join("', '") }}')
        group by database, table
    )

    select
        mart.table as name,
        arrayStringConcat(arrayMap(c -> concat('`', c.1, '` ', c.2, ' comment ', {{ quoted('c.3') }}), mart.columns), ', ') as described,
        arrayStringConcat(arrayMap(c -> concat('`', c.1, '`'), mart.columns), ', ') as selected,
        {{ quoted('tables.comment') }} as comment
    from described as mart
    inner join system.tables as tables on tables.database = mart.database and tables.name = mart.table
    left join (select table, columns from described where database = 'latest') as view on view.table = mart.table
    where mart.database = 'marts' and mart.columns != view.columns
    order by name
{% endmacro %}

{#- A text as it is written in SQL. -#}
{% macro quoted(text) -%}
    concat('''', replaceAll(replaceAll({{ text }}, '\\', '\\\\'), '''', '\\'''), '''')
{%- endmacro %}
