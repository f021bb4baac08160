{#-
  Takes the edition out of marts.control_totals before any mart of it is built anew. That one is built last, once every other is
  made and its tests passed: an edition that stands in it has marts of one build, all of them.
-#}
{% macro take_back_edition() -%}
    {%- if execute and flags.WHICH in ('build', 'run') -%}
        {%- set totals = adapter.get_relation(database=none, schema='marts', identifier='control_totals') -%}
        {%- if totals is not none -%}
            alter table {{ totals }} drop partition '{{ edition_text() }}'
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
