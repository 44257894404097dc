//! JSON Schema, as far as `static/film.v1.schema.json` uses it. A keyword that is not known here is a fault, so nothing
//! that the schema asks for is passed over.

use regex_lite::Regex;
use serde_json::Value;
use std::cell::RefCell;
use std::collections::BTreeMap;
use support::{root, text};

/// Keywords that ask for nothing.
const SILENT: [&str; 5] = ["$schema", "$id", "$defs", "title", "description"];

/// A schema with the definitions of its file, and the patterns that were used.
pub(crate) struct Schema(Value, RefCell<BTreeMap<String, Regex>>);

impl Schema {
    pub(crate) fn of_films() -> Schema {
        let text = text(&root().join("static/film.v1.schema.json"));
        Schema(serde_json::from_str(&text).expect("the schema is JSON"), RefCell::default())
    }

    /// What is wrong with a value, with the place of it.
    pub(crate) fn faults(&self, value: &Value) -> Vec<String> {
        let mut faults = Vec::new();
        self.check(&self.0, value, "", &mut faults);
        faults
    }

    fn holds(&self, schema: &Value, value: &Value) -> bool {
        let mut faults = Vec::new();
        self.check(schema, value, "", &mut faults);
        faults.is_empty()
    }

    /// Patterns are compiled once.
    fn matches(&self, pattern: &Value, text: &str) -> bool {
        let pattern = pattern.as_str().expect("a pattern is a text");
        let compile = || Regex::new(pattern).unwrap_or_else(|error| panic!("{pattern}: {error}"));
        self.1.borrow_mut().entry(pattern.to_owned()).or_insert_with(compile).is_match(text)
    }

    fn check(&self, schema: &Value, value: &Value, place: &str, faults: &mut Vec<String>) {
        let rules = match schema {
            Value::Bool(true) => return,
            Value::Object(rules) => rules,
            _ => return faults.push(format!("{place}: nothing may be here")),
        };
        for (keyword, wanted) in rules.iter().filter(|(keyword, _)| !SILENT.contains(&keyword.as_str())) {
            let holds = self.keyword(rules, keyword, wanted, value, place, faults);
            if !holds {
                faults.push(format!("{place}: {keyword} {wanted} does not hold for {value:.80}"));
            }
        }
    }

    fn keyword(
        &self,
        rules: &serde_json::Map<String, Value>,
        keyword: &str,
        wanted: &Value,
        value: &Value,
        place: &str,
        faults: &mut Vec<String>,
    ) -> bool {
        let number = |of: &Value| of.as_f64().unwrap_or(f64::NAN);
        let length = |of: usize| of as f64;
        match (keyword, value) {
            ("type", value) => is_of(wanted, value),
            ("const", value) => wanted == value,
            ("enum", value) => wanted.as_array().is_some_and(|all| all.contains(value)),
            ("$ref", value) => {
                let name = wanted.as_str().and_then(|path| path.strip_prefix("#/$defs/")).expect("a definition");
                self.check(&self.0["$defs"][name], value, place, faults);
                true
            }
            ("oneOf", value) => {
                wanted.as_array().is_some_and(|all| all.iter().filter(|schema| self.holds(schema, value)).count() == 1)
            }
            ("allOf", value) => {
                wanted.as_array().into_iter().flatten().for_each(|schema| self.check(schema, value, place, faults));
                true
            }
            ("if", value) => {
                if self.holds(wanted, value) {
                    self.check(&rules["then"], value, place, faults);
                }
                true
            }
            ("then", _) => rules.contains_key("if"),
            ("minimum", value) => !value.is_number() || number(value) >= number(wanted),
            ("maximum", value) => !value.is_number() || number(value) <= number(wanted),
            ("pattern", Value::String(text)) => self.matches(wanted, text),
            ("minLength", Value::String(text)) => length(text.chars().count()) >= number(wanted),
            ("maxLength", Value::String(text)) => length(text.chars().count()) <= number(wanted),
            ("minItems", Value::Array(items)) => length(items.len()) >= number(wanted),
            ("maxItems", Value::Array(items)) => length(items.len()) <= number(wanted),
            ("prefixItems", Value::Array(items)) => {
                for (n, (schema, item)) in wanted.as_array().into_iter().flatten().zip(items).enumerate() {
                    self.check(schema, item, &format!("{place}/{n}"), faults);
                }
                true
            }
            ("items", Value::Array(items)) => {
                let first = rules.get("prefixItems").and_then(Value::as_array).map_or(0, Vec::len);
                for (n, item) in items.iter().enumerate().skip(first) {
                    self.check(wanted, item, &format!("{place}/{n}"), faults);
                }
                true
            }
            ("required", Value::Object(members)) => {
                let names = wanted.as_array().into_iter().flatten().filter_map(Value::as_str);
                names.into_iter().all(|name| members.contains_key(name))
            }
            ("maxProperties", Value::Object(members)) => length(members.len()) <= number(wanted),
            ("propertyNames", Value::Object(members)) => {
                members.keys().all(|name| self.holds(wanted, &Value::String(name.clone())))
            }
            ("properties", Value::Object(members)) => {
                for (name, schema) in wanted.as_object().into_iter().flatten() {
                    let member = members.get(name).into_iter();
                    member.for_each(|value| self.check(schema, value, &format!("{place}/{name}"), faults));
                }
                true
            }
            ("additionalProperties", Value::Object(members)) => {
                let known = rules.get("properties").and_then(Value::as_object);
                for (name, value) in
                    members.iter().filter(|(name, _)| known.is_none_or(|known| !known.contains_key(*name)))
                {
                    self.check(wanted, value, &format!("{place}/{name}"), faults);
                }
                true
            }
            (
                "pattern"
                | "minLength"
                | "maxLength"
                | "minItems"
                | "maxItems"
                | "prefixItems"
                | "items"
                | "required"
                | "maxProperties"
                | "propertyNames"
                | "properties"
                | "additionalProperties",
                _,
            ) => true,
            _ => panic!("{place}: {keyword} is not known here"),
        }
    }
}

fn is_of(wanted: &Value, value: &Value) -> bool {
    let one = |name: &Value| match name.as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("number") => value.is_number(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("boolean") => value.is_boolean(),
        Some("null") => value.is_null(),
        _ => panic!("{name} is no type"),
    };
    match wanted {
        Value::Array(names) => names.iter().any(one),
        name => one(name),
    }
}

#[test]
fn the_schema_refuses_what_it_should() {
    let schema = Schema::of_films();
    let shape = |shape: serde_json::Value| {
        let mut faults = Vec::new();
        schema.check(&schema.0["$defs"]["shape"], &shape, "", &mut faults);
        faults
    };
    use serde_json::json;
    assert!(shape(json!(["rect", 0.1, 2, 0.3, 4, "running"])).is_empty());
    assert!(shape(json!(["glyph", 0.1, 2, 20, 20, "failed", "cross"])).is_empty());
    for wrong in [
        json!(["rect", 0.1, 2, 0.3, 4, "running", "words"]),
        json!(["rect", 0.1, 2, 0.3, 4]),
        json!(["rect", 1.5, 2, 0.3, 4, "running"]),
        json!(["oval", 0.1, 2, 0.3, 4, "running"]),
        json!(["rect", 0.1, 2, 0.3, 4, "blue"]),
        json!(["glyph", 0.1, 2, 20, 20, "failed", "skull"]),
        json!(["start", 0.1, 2, 0.3, 4, "value"]),
        json!(["cells", 0.1, 2, 0.3, 4, "failed", "0"]),
    ] {
        assert!(!shape(wrong.clone()).is_empty(), "{wrong}");
    }
    assert!(!schema.faults(&json!({"film": 1})).is_empty());
}
