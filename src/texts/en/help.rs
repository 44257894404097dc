//! English: what is said about every field.

use crate::advice::TypeName;
use crate::api::validation::Mutability;
use crate::texts::help::FieldWords;

pub(in crate::texts) static FIELDS: FieldWords = FieldWords {
    type_name,
    mutability,
    default: |value| format!("Default {value}"),
    required: "Required",
    since: |versions| format!("Since Kubernetes {versions}"),
    not_modelled: "Changes nothing in this simulation.",
    no_help: "Passed on to the pods as it is.",
};

fn type_name(kind: &TypeName) -> String {
    match kind {
        TypeName::Text => "text",
        TypeName::Integer => "whole number",
        TypeName::Truth => "true or false",
        TypeName::Quantity => "quantity, such as 500m or 1Gi",
        TypeName::IntegerOrText => "number or name",
        TypeName::Time => "time, such as 2000-01-01T12:00:00Z",
        TypeName::Anything => "anything",
        TypeName::Object => "fields",
        TypeName::Map(value) => return format!("map to {}", type_name(value)),
        TypeName::List(item) => return format!("list of {}", type_name(item)),
        TypeName::Duration => "duration, such as 1m30s",
        TypeName::DurationOrForever => "duration, or forever",
        TypeName::Percent => "percentage",
        TypeName::NumberOrName => "number or name",
        TypeName::NumberOrSet => "number or set, such as \"1-3,5\"",
    }
    .to_owned()
}

fn mutability(mutability: Mutability) -> &'static str {
    match mutability {
        Mutability::Always => "May be changed at any time",
        Mutability::Never => "Cannot be changed once the object exists",
        Mutability::WhileSuspended => "May be changed while the Job is suspended and has no active pods",
        Mutability::WithParallelism => "May be changed together with parallelism, to the same number",
        Mutability::FutureJobs => "May be changed at any time; Jobs that exist already stay as they are",
    }
}
