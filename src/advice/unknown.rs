//! Fields that are not known where they stand: misspelt, or known elsewhere.

use super::fix::{Fix, FixAction, Fixer};
use super::malformed::Malformed;
use super::values;
use crate::api::{FieldPath, Segment, Shape};
use crate::manifest::Path;
use serde_json::Value;

/// What to say of an unknown field, and its fixes: its real name, its real place, or leaving it out.
pub(super) fn about(fixer: &Fixer<'_>, manifest: &Value, unknown: &FieldPath) -> (Malformed, Vec<Fix>) {
    let (around, field) = split(unknown);
    let kind = values::kind(manifest).unwrap_or("Job");
    let path = Path::from(unknown);
    let (of, known) = match Shape::at(kind, &around) {
        Some(Shape::Struct { name, fields }) => (name, fields),
        _ => ("", Vec::new()),
    };
    let value = values::at_field(manifest, unknown);
    let siblings = values::at_field(manifest, &around);
    let misspelt = closest(&field, known.into_iter().filter(|name| siblings.get(name).is_none()));
    let home = home_of(kind, &around, &field).filter(|_| misspelt.is_none());
    let renamed = misspelt.and_then(|name| fixer.rename(&path, name));
    let moved = home.as_ref().and_then(|home| {
        let is_taken = !values::at_field(manifest, home)[field.as_str()].is_null();
        let home = Path::from(home);
        if is_taken { None } else { fixer.move_to(&path, &home, value) }
    });
    let elsewhere = if renamed.is_none() && home.is_none() {
        misspelt_elsewhere(fixer, manifest, kind, &around, &field)
    } else {
        None
    };
    let fixes = [renamed, moved, elsewhere, fixer.remove(&path)].into_iter().flatten().collect();
    let about = match home {
        Some(home) => Malformed::Misplaced { field, to: home.to_string() },
        None => Malformed::UnknownField { field, of },
    };
    (about, fixes)
}

/// Misspelt, and known to another part: under its real name there.
fn misspelt_elsewhere(fixer: &Fixer<'_>, manifest: &Value, kind: &str, around: &FieldPath, field: &str) -> Option<Fix> {
    let job = well_known(kind);
    let places = job.iter().filter(|place| *place != around);
    let (home, name) = places.into_iter().find_map(|place| match Shape::at(kind, place) {
        Some(Shape::Struct { fields, .. }) => {
            Some((place, closest(field, fields.into_iter().filter(|name| name.len() > 7))?))
        }
        _ => None,
    })?;
    if !values::at_field(manifest, home)[name].is_null() {
        return None;
    }
    let mut path = around.clone();
    path.0.push(Segment::Field(field.to_owned().into()));
    let value = values::at_field(manifest, &path);
    let fixes = [fixer.remove(&Path::from(&path)), fixer.write(&Path::from(home).joined(name), value)];
    let action = FixAction::Move { field: name.to_owned(), to: Path::from(home).to_string() };
    Fixer::together(action, fixes)
}

/// A field and what is around it.
pub(super) fn split(path: &FieldPath) -> (FieldPath, String) {
    let mut around = path.clone();
    match around.0.pop() {
        Some(Segment::Field(name)) => (around, name.into_owned()),
        Some(Segment::Key(key)) => (around, key),
        Some(Segment::Index(_)) | None => (around, String::new()),
    }
}

/// Where a field of this name belongs, nearest first: in what is around, or in a part of where it stands.
fn home_of(kind: &str, around: &FieldPath, field: &str) -> Option<FieldPath> {
    let job_spec: &[&str] = match kind {
        "CronJob" => &["spec", "jobTemplate", "spec"],
        _ => &["spec"],
    };
    let pod_spec = [job_spec, &["template", "spec"]].concat();
    let outer = (0..around.0.len()).rev().map(|length| FieldPath(around.0[..length].to_vec()));
    let container = [pod_spec.as_slice(), &["containers"]].concat();
    let mut first_container: Vec<Segment> =
        container.iter().map(|name| Segment::Field((*name).to_owned().into())).collect();
    first_container.push(Segment::Index(0));
    let has_field = |home: &FieldPath| match Shape::at(kind, home) {
        Some(Shape::Struct { fields, .. }) => fields.contains(&field),
        _ => false,
    };
    outer.chain(well_known(kind)).chain([FieldPath(first_container)]).find(has_field)
}

/// The specs of Job and pod, and the metadata.
fn well_known(kind: &str) -> [FieldPath; 4] {
    let job_spec: &[&str] = match kind {
        "CronJob" => &["spec", "jobTemplate", "spec"],
        _ => &["spec"],
    };
    let pod_spec = [job_spec, &["template", "spec"]].concat();
    [&["spec"], job_spec, &pod_spec, &["metadata"]]
        .map(|way| FieldPath(way.iter().map(|name| Segment::Field((*name).to_owned().into())).collect()))
}

/// The known word that was probably meant.
pub(super) fn closest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase().replace(['_', '-'], "");
    let allowed = match lower.chars().count() {
        0..=3 => 1,
        4..=7 => 2,
        _ => 3,
    };
    // Words of quite another length need not be compared.
    let alike = known.filter(|known| known.len().abs_diff(lower.len()) <= allowed);
    let close = alike.map(|known| (distance(&lower, &known.to_lowercase()), known));
    close.filter(|(steps, _)| *steps <= allowed).min().map(|(_, known)| known)
}

/// The distance of Damerau and Levenshtein: how many letters must be added, dropped, changed or swapped with their
/// neighbour.
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for row in 1..=one.len() {
        let mut next = vec![row];
        for column in 1..=other.len() {
            let same = one[row - 1] == other[column - 1];
            let mut steps = (last[column - 1] + usize::from(!same)).min(last[column] + 1).min(next[column - 1] + 1);
            let is_swapped =
                row > 1 && column > 1 && one[row - 1] == other[column - 2] && one[row - 2] == other[column - 1];
            if is_swapped {
                steps = steps.min(before[column - 2] + 1);
            }
            next.push(steps);
        }
        before = std::mem::replace(&mut last, next);
    }
    last[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_were_meant() {
        let known = || ["backoffLimit", "backoffLimitPerIndex", "completions", "parallelism", "suspend"].into_iter();
        for (word, meant) in [
            ("backofLimit", Some("backoffLimit")),
            ("BackoffLimit", Some("backoffLimit")),
            ("backoff_limit", Some("backoffLimit")),
            ("parallelsim", Some("parallelism")),
            ("completion", Some("completions")),
            ("restartPolicy", None),
            ("x", None),
        ] {
            assert_eq!(closest(word, known()), meant, "{word}");
        }
    }
}
