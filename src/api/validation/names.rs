//! Rules for names and small texts, each the list of what is wrong (V12).
//! Upstream: apimachinery pkg/util/validation, pkg/api/validate/content.

use super::cause::{Cause, Detail};
use std::net::IpAddr;

const LABEL: &str = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const SUBDOMAIN: &str = r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";
const LOOSE_SUBDOMAIN: &str = r"_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*";
const LABEL_VALUE: &str = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or \
    '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used \
    for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
/// In bytes.
const MAX_LABEL_VALUE: usize = 63;
const NAME_PART: &str = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an \
    alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is \
    '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

/// Name of a container, volume, host: `db-0`.
pub(super) fn dns_label(value: &str) -> Vec<Detail> {
    let mut wrong = at_most(value, 63);
    if is_dns_label(value) {
        return wrong;
    }
    wrong.push(Cause::BadName.saying(if is_dns_subdomain(value) {
        "must not contain dots".to_owned()
    } else {
        format!(
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and \
             end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '{LABEL}')"
        )
    }));
    wrong
}

/// Name of most objects: `etl.nightly`.
pub(super) fn dns_subdomain(value: &str) -> Vec<Detail> {
    let mut wrong = at_most(value, 253);
    if !is_dns_subdomain(value) {
        wrong.push(Cause::BadName.saying(subdomain_text()));
    }
    wrong
}

/// A search path of a resolver: as a subdomain, underscores allowed.
pub(super) fn dns_search(value: &str) -> Vec<Detail> {
    let mut wrong = at_most(value, 253);
    let is_label = |label: &str| {
        let rest = label.strip_prefix('_').unwrap_or(label);
        rest.bytes().all(|byte| is_lower_or_digit(byte) || matches!(byte, b'-' | b'_'))
            && rest.bytes().next().is_some_and(is_lower_or_digit)
            && rest.bytes().next_back().is_some_and(is_lower_or_digit)
    };
    if !value.split('.').all(is_label) {
        let sentence = format!(
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and \
             must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is \
             '{LOOSE_SUBDOMAIN}')"
        );
        wrong.push(sentence.into());
    }
    wrong
}

/// What a name may begin with: as a subdomain, but what follows may end it well. Upstream puts one letter for the last
/// two bytes, so what stands before the dash is not looked at.
pub(super) fn dns_subdomain_prefix(value: &str) -> Vec<Detail> {
    let start = value.len().checked_sub(2).and_then(|end| value.get(..end)).filter(|_| value.ends_with('-'));
    match start {
        Some(start) => dns_subdomain(&format!("{start}a")),
        None => dns_subdomain(value),
    }
}

/// Whether a text is the name of a node of the playground.
pub fn is_node_name(value: &str) -> bool {
    dns_label(value).is_empty()
}

/// Whether a text is the key of a label or a taint.
pub fn is_label_key(value: &str) -> bool {
    qualified_name(value).is_empty()
}

/// Whether a text is the value of a label or a taint.
pub fn is_label_value(value: &str) -> bool {
    label_value(value).is_empty()
}

/// Key of a label or annotation, name of a condition, a finalizer: `example.com/name`.
pub(super) fn qualified_name(value: &str) -> Vec<Detail> {
    let mut wrong = Vec::new();
    let parts: Vec<&str> = value.split('/').collect();
    let name = match *parts {
        [name] => name,
        [prefix, name] => {
            if prefix.is_empty() {
                wrong.push("prefix part must be non-empty".into());
            } else {
                if prefix.len() > 253 {
                    wrong.push("prefix part must be no more than 253 bytes".into());
                }
                if !is_dns_subdomain(prefix) {
                    wrong.push(format!("prefix part {}", subdomain_text()).into());
                }
            }
            name
        }
        _ => {
            let sentence = format!(
                "a valid label key {NAME_PART} with an optional DNS subdomain prefix and '/' (e.g. \
                 'example.com/MyName')"
            );
            return vec![sentence.into()];
        }
    };
    if name.is_empty() {
        wrong.push("name part must be non-empty".into());
    } else if name.len() > 63 {
        wrong.push("name part must be no more than 63 bytes".into());
    }
    if !is_name_part(name) {
        wrong.push(format!("name part {NAME_PART}").into());
    }
    wrong
}

/// Value of a label.
pub(super) fn label_value(value: &str) -> Vec<Detail> {
    let mut wrong = Vec::new();
    if value.len() > MAX_LABEL_VALUE {
        wrong.push(format!("must be no more than {MAX_LABEL_VALUE} bytes").into());
    }
    if !is_label_text(value) {
        wrong.push(LABEL_VALUE.into());
    }
    wrong
}

/// Value of the label that holds a Job's name: it is the name that is wrong.
pub(super) fn job_name_label(value: &str) -> Vec<Detail> {
    let mut wrong = Vec::new();
    if value.len() > MAX_LABEL_VALUE {
        wrong.push(Cause::JobNameTooLong { most: MAX_LABEL_VALUE }.into());
    }
    if !is_label_text(value) {
        wrong.push(Cause::BadName.saying(LABEL_VALUE));
    }
    wrong
}

/// Name of a port.
pub(super) fn port_name(value: &str) -> Vec<Detail> {
    let mut wrong = at_most(value, 15);
    let mut unless = |fine: bool, detail: &'static str| {
        if !fine {
            wrong.push(detail.into());
        }
    };
    let of_charset = !value.is_empty() && value.bytes().all(|byte| is_lower_or_digit(byte) || byte == b'-');
    unless(of_charset, "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
    unless(value.contains(|c: char| c.is_ascii_lowercase()), "must contain at least one letter (a-z)");
    unless(!value.contains("--"), "must not contain consecutive hyphens");
    unless(!value.starts_with('-') && !value.ends_with('-'), "must not begin or end with a hyphen");
    wrong
}

/// Number of a port.
pub(super) fn port_number(number: i64) -> Vec<Detail> {
    in_range(number, 1, 65535)
}

/// Id of a user or group.
pub(super) fn user_id(id: i64) -> Vec<Detail> {
    in_range(id, 0, i64::from(i32::MAX))
}

/// Between two numbers.
pub(super) fn in_range(number: i64, low: i64, high: i64) -> Vec<Detail> {
    if (low..=high).contains(&number) {
        return Vec::new();
    }
    vec![Cause::OutOfRange { least: low, most: high }.into()]
}

/// Name of an environment variable, and of a key in a file of them.
pub(super) fn environment_name(value: &str) -> Vec<Detail> {
    if value.is_empty() {
        return vec!["environment variable name must be non-empty".into()];
    }
    if value.bytes().all(|byte| matches!(byte, b' '..=b'~') && byte != b'=') {
        return Vec::new();
    }
    vec!["a valid environment variable name must consist only of printable ASCII characters other than '='".into()]
}

/// Key in a config map or secret.
pub(super) fn config_key(value: &str) -> Vec<Detail> {
    let mut wrong = at_most(value, 253);
    if value.is_empty() || !value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)) {
        wrong.push(
            "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or \
             'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"
                .into(),
        );
    }
    match value {
        "." => wrong.push("must not be '.'".into()),
        ".." => wrong.push("must not be '..'".into()),
        _ if value.starts_with("..") => wrong.push("must not start with '..'".into()),
        _ => {}
    }
    wrong
}

/// Name of an HTTP header.
pub(super) fn header_name(value: &str) -> Vec<Detail> {
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return Vec::new();
    }
    vec![
        "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for \
         validation is '[-A-Za-z0-9]+')"
            .into(),
    ]
}

/// An address, strictly written.
pub(super) fn ip_address(value: &str) -> Vec<Detail> {
    match value.parse() {
        Ok(IpAddr::V6(address)) if address.to_ipv4_mapped().is_some() => {
            vec!["must not be an IPv4-mapped IPv6 address".into()]
        }
        Ok(_) => Vec::new(),
        Err(_) if has_leading_zeroes(value) => vec!["must not have leading 0s".into()],
        Err(_) => vec!["must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)".into()],
    }
}

fn has_leading_zeroes(value: &str) -> bool {
    let parts: Vec<&str> = value.split('.').collect();
    let is_byte = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit()) && part.parse::<u8>().is_ok();
    parts.len() == 4 && parts.iter().all(is_byte)
}

fn at_most(value: &str, length: usize) -> Vec<Detail> {
    if value.len() <= length { Vec::new() } else { vec![format!("must be no more than {length} characters").into()] }
}

fn subdomain_text() -> String {
    format!(
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start \
         and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '{SUBDOMAIN}')"
    )
}

fn is_dns_label(value: &str) -> bool {
    value.bytes().all(|byte| is_lower_or_digit(byte) || byte == b'-')
        && value.bytes().next().is_some_and(is_lower_or_digit)
        && value.bytes().next_back().is_some_and(is_lower_or_digit)
}

fn is_dns_subdomain(value: &str) -> bool {
    value.split('.').all(is_dns_label)
}

fn is_lower_or_digit(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

fn is_label_text(value: &str) -> bool {
    value.is_empty() || is_name_part(value)
}

fn is_name_part(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
        && value.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric())
        && value.bytes().next_back().is_some_and(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_name() {
        let long = "a".repeat(64);
        for (wrong, starts) in [
            (dns_label("a-1"), vec![]),
            (dns_label("a.b"), vec!["must not contain dots"]),
            (dns_label(&long), vec!["must be no more than 63 characters"]),
            (dns_label("A"), vec!["a lowercase RFC 1123 label"]),
            (dns_label(""), vec!["a lowercase RFC 1123 label"]),
            (dns_subdomain("a.-b"), vec!["a lowercase RFC 1123 subdomain"]),
            (dns_subdomain_prefix("pi-"), vec![]),
            (dns_search("_tcp.example.com"), vec![]),
            (dns_search("a_"), vec!["a lowercase RFC 1123 subdomain"]),
            (qualified_name("example.com/Name_1"), vec![]),
            (qualified_name("a/b/c"), vec!["a valid label key must consist"]),
            (qualified_name("/b"), vec!["prefix part must be non-empty"]),
            (qualified_name("a/"), vec!["name part must be non-empty", "name part must consist"]),
            (qualified_name("A/b"), vec!["prefix part a lowercase"]),
            (label_value(""), vec![]),
            (label_value(&long), vec!["must be no more than 63 bytes"]),
            (label_value("a b"), vec!["a valid label must be"]),
            (port_name("http"), vec![]),
            (port_name("8-"), vec!["must contain at least one letter", "must not begin or end"]),
            (port_name("a--b"), vec!["must not contain consecutive"]),
            (port_name("abcdefghijklmnop"), vec!["must be no more than 15 characters"]),
            (environment_name("a b"), vec![]),
            (environment_name("a=b"), vec!["a valid environment variable name"]),
            (environment_name("中"), vec!["a valid environment variable name"]),
            (config_key(".."), vec!["must not be '..'"]),
            (config_key("..a"), vec!["must not start with '..'"]),
            (config_key("a b"), vec!["a valid config key"]),
            (header_name("X-A"), vec![]),
            (header_name("X_A"), vec!["a valid HTTP header"]),
            (ip_address("10.0.0.1"), vec![]),
            (ip_address("010.0.0.1"), vec!["must not have leading 0s"]),
            (ip_address("::ffff:1.2.3.4"), vec!["must not be an IPv4-mapped"]),
            (ip_address("10.0.0"), vec!["must be a valid IP address"]),
        ] {
            assert_eq!(wrong.len(), starts.len(), "{wrong:?} {starts:?}");
            for (wrong, start) in wrong.iter().zip(starts) {
                assert!(wrong.sentence.starts_with(start), "{wrong:?}");
            }
        }
    }
}
