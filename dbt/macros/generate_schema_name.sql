{#- The databases are exactly `staging`, `intermediate` and `marts`; dbt's own macro would put the target schema before them. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
