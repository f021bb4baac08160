// Package marts makes the marts of an edition with dbt, keeps in ops.mart_build what they were made of, and tells whether
// they hold. What a mart is stands in the dbt project that the program carries.
package marts
