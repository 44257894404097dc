//! The rules of Kubernetes that no recording shows, one by one: tests/rules/README.md says what guards which rule.

mod api;
mod run;
mod table;
