//! An object as the API server holds it in memory, printed by Go: Go's field names in their order, nothing left out.
//! Some refusals show such a value (V13.5).

use super::decode::is_empty_collection;
use super::{Field, Struct, StructId, Type};
use crate::api::go_text::escape_html;
use serde_json::Value;

/// Fields that the internal types keep in the security context instead, in front of its own: Go name, JSON name in the
/// pod spec, what stands there if it is absent.
const HOST_FIELDS: [(&str, &str, &str); 5] = [
    ("HostNetwork", "hostNetwork", "false"),
    ("HostPID", "hostPID", "false"),
    ("HostIPC", "hostIPC", "false"),
    ("ShareProcessNamespace", "shareProcessNamespace", "null"),
    ("HostUsers", "hostUsers", "null"),
];

/// Fields of the versioned pod spec that the internal one does not have.
const ONLY_VERSIONED: [&str; 6] =
    ["serviceAccount", "hostNetwork", "hostPID", "hostIPC", "shareProcessNamespace", "hostUsers"];

/// A value of a struct as its internal type prints it.
pub(in crate::api) fn internal_json(of: &str, value: &Value) -> String {
    let mut out = String::new();
    print_struct(StructId::named(of).get(), value, &Value::Null, &mut out);
    escape_html(out)
}

fn print_struct(of: &Struct, value: &Value, outer: &Value, out: &mut String) {
    out.push('{');
    if of.has_json_names {
        print_json_fields(of, value, out);
        out.push('}');
        return;
    }
    if of.name == "PodSecurityContext" {
        for (name, field, absent) in HOST_FIELDS {
            separate(out);
            let found = &outer[field];
            let text = if found.is_null() { absent.to_owned() } else { found.to_string() };
            out.push_str(&format!("\"{name}\":{text}"));
        }
    }
    print_fields(of, value, out);
    out.push('}');
}

fn print_fields(of: &Struct, value: &Value, out: &mut String) {
    for field in &of.fields {
        if of.name == "PodSpec" && ONLY_VERSIONED.contains(&field.name) {
            continue;
        }
        match &field.kind {
            Type::Struct(id) if field.embedded => print_fields(id.get(), value, out),
            // Embedded in the internal types, with its JSON names.
            Type::Struct(id) if field.go_name == Some("ObjectMeta") => {
                print_json_fields(id.get(), &value[field.name], out);
            }
            kind => {
                separate(out);
                out.push_str(&format!("\"{}\":", field.go_name()));
                print_field(field, kind, &value[field.name], value, out);
            }
        }
    }
}

/// What is there, by its JSON name.
fn print_json_fields(of: &Struct, value: &Value, out: &mut String) {
    for field in &of.fields {
        if let Some(found) = value.get(field.name).filter(|found| field.always || !is_empty_collection(found)) {
            separate(out);
            out.push_str(&format!("\"{}\":", field.name));
            print_value(&field.kind, found, &Value::Null, out);
        }
    }
}

fn print_field(field: &Field, kind: &Type, value: &Value, outer: &Value, out: &mut String) {
    if value.is_null() && (field.pointer || !matches!(kind, Type::Struct(_))) {
        out.push_str(match kind {
            _ if field.pointer => "null",
            Type::Text(_) => "\"\"",
            Type::Bool => "false",
            Type::Int32 | Type::Int64 | Type::IntOrString => "0",
            Type::Quantity => "\"0\"",
            _ => "null",
        });
        return;
    }
    print_value(kind, value, outer, out);
}

fn print_value(kind: &Type, value: &Value, outer: &Value, out: &mut String) {
    match (kind, value) {
        (Type::Struct(id), _) => print_struct(id.get(), value, outer, out),
        (Type::List(item), Value::Array(items)) => {
            out.push('[');
            for item_value in items {
                separate(out);
                print_value(item, item_value, outer, out);
            }
            out.push(']');
        }
        _ => out.push_str(&value.to_string()),
    }
}

fn separate(out: &mut String) {
    if !out.ends_with(['{', '[', ':']) && !out.is_empty() {
        out.push(',');
    }
}
