{#- The edition that this run builds, as a ClickHouse date. Given by the caller: --vars '{"edition": "2026-06-30"}'. -#}
{% macro edition_date() -%}
    toDate('{{ edition_text() }}')
{%- endmacro %}

{% macro edition_text() -%}
    {%- set given = var('edition', '') | string -%}
    {%- if not modules.re.fullmatch('[0-9]{4}-[0-9]{2}-[0-9]{2}', given) -%}
        {{ exceptions.raise_compiler_error("no edition given: add --vars '{\"edition\": \"2026-06-30\"}'") }}
    {%- endif -%}
    {{ given }}
{%- endmacro %}
