{#-
  Materialisation of the marts: one table for all editions, partitioned by edition, of which a run replaces only its own.

  The rows of the edition are built in a table beside it and then take the partition's place in one step, so readers see the old
  edition or the new one and a repeated run changes nothing. The adapter's incremental strategy insert_overwrite does the same
  but replaces only partitions that the new rows touch: an edition that has become empty would keep its old rows.

  A mart that changed never changes the rows of other editions: see make_room_for_edition.

  The columns that are filled are those of the contract, which the query is held against before. The adapter's insert would ask
  ClickHouse for the columns of the query once more, and planning the queries takes longer than running them.
-#}
{% materialization edition_table, adapter='clickhouse' %}
    {%- set existing_relation = load_cached_relation(this) -%}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- if not config.get('contract').enforced -%}
        {{ exceptions.raise_compiler_error('mart ' ~ this.identifier ~ ' has no enforced contract: its columns come from there') }}
    {%- endif -%}
    {%- set columns = [] -%}
    {%- for column in model.columns.values() -%}{%- do columns.append(adapter.quote(column.name)) -%}{%- endfor -%}
    {%- set build_relation = make_temp_relation(target_relation, '__build') -%}

    {{ run_hooks(pre_hooks) }}
    {% do adapter.drop_relation(build_relation) %}

    {% if existing_relation is none %}
        {% do clickhouse__create_empty_table(False, target_relation, sql, True) %}
    {% else %}
        {% do get_assert_columns_equivalent(sql) %}
        {% do make_room_for_edition(existing_relation, sql) %}
    {% endif %}

    {% call statement('create_build') %}
        create table {{ build_relation }} as {{ target_relation }}
    {% endcall %}
    {% call statement('main') %}
        insert into {{ build_relation }} ({{ columns | join(', ') }})
        select {{ columns | join(', ') }} from (
            {{ sql }}
        )
        {{ adapter.get_model_query_settings(model) }}
    {% endcall %}
    {% call statement('replace_edition') %}
        alter table {{ target_relation }} replace partition '{{ edition_text() }}' from {{ build_relation }}
        {%- if adapter.is_at_or_after_version('26.6') %} settings allow_replace_partition_from_empty_source = 1{% endif %}
    {% endcall %}
    {% do adapter.drop_relation(build_relation) %}

    {% do persist_docs(target_relation, model) %}
    {{ run_hooks(post_hooks) }}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
