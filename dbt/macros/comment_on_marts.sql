{#- The comment of database marts. Its tables and columns get theirs by persist_docs, which knows no databases; before 25.8
    ClickHouse could not change that of a database. -#}
{% macro comment_on_marts() -%}
    {%- if execute and adapter.is_at_or_after_version('25.8') -%}
        alter database marts modify comment 'Numbers about groups of people, of every edition; each row names its edition.'
    {%- endif -%}
{%- endmacro %}
