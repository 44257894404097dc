//! The files of `static/` that say what each field is: complete, of one shape, and the same fields in every language.

use job_playground::advice::{FieldId, all_fields};
use job_playground::texts::Lang;
use job_playground::texts::help::Help;
use std::collections::{BTreeMap, BTreeSet};
use support::{root, text};

/// Types whose every field has a paragraph; of others the common fields have one.
const WHOLE_TYPES: [&str; 17] = [
    "TypeMeta",
    "Job",
    "CronJob",
    "ObjectMeta",
    "OwnerReference",
    "JobSpec",
    "CronJobSpec",
    "JobTemplateSpec",
    "PodTemplateSpec",
    "PodSpec",
    "Container",
    "PodFailurePolicy",
    "PodFailurePolicyRule",
    "PodFailurePolicyOnExitCodesRequirement",
    "PodFailurePolicyOnPodConditionsPattern",
    "SuccessPolicy",
    "SuccessPolicyRule",
];

/// The longest paragraph, in characters; English needs more of them.
fn longest(lang: Lang) -> usize {
    match lang {
        Lang::En => 420,
        Lang::Zh => 210,
    }
}

fn file(lang: Lang) -> String {
    text(&root().join("static").join(lang.help_file()))
}

fn needs_help(id: &FieldId) -> bool {
    id.owner.starts_with(char::is_lowercase) || id.owner.starts_with("LabelSelector") || WHOLE_TYPES.contains(&id.owner)
}

#[test]
fn every_field_of_job_cron_job_and_scenario_is_explained() {
    for lang in Lang::ALL {
        let help = Help::parse(&file(lang));
        let missing: Vec<String> = all_fields()
            .iter()
            .filter(|id| needs_help(id) && help.of(**id).is_none())
            .map(ToString::to_string)
            .collect();
        assert!(missing.is_empty(), "{lang:?}: {missing:?}");
    }
}

#[test]
fn only_fields_that_exist_are_explained() {
    let fields: BTreeSet<String> = all_fields().iter().map(ToString::to_string).collect();
    for lang in Lang::ALL {
        let help = Help::parse(&file(lang));
        let stray: Vec<&str> = help.entries().map(|(id, _)| id).filter(|id| !fields.contains(*id)).collect();
        assert!(stray.is_empty(), "{lang:?}: {stray:?}");
    }
}

#[test]
fn all_languages_explain_the_same_fields_of_the_same_versions() {
    let known = |lang: Lang| -> BTreeMap<String, Option<String>> {
        let help = Help::parse(&file(lang));
        help.entries().map(|(id, help)| (id.to_owned(), help.since.map(str::to_owned))).collect()
    };
    for lang in Lang::ALL {
        assert_eq!(known(lang), known(Lang::En), "{lang:?}");
    }
}

#[test]
fn paragraphs_are_short_and_end_with_a_full_stop() {
    for lang in Lang::ALL {
        for (id, help) in Help::parse(&file(lang)).entries() {
            let (length, last) = (help.text.chars().count(), help.text.chars().last());
            assert!((4..=longest(lang)).contains(&length), "{lang:?} {id}: {length} characters");
            assert!(matches!(last, Some('.' | '。' | '？')), "{lang:?} {id} ends with {last:?}");
            assert!(!help.text.contains("  "), "{lang:?} {id}");
        }
    }
}

/// No field is explained twice, since the second entry would silently win.
#[test]
fn every_field_is_explained_once() {
    for lang in Lang::ALL {
        let file = file(lang);
        let heads = file.split("\n\n").filter_map(|entry| entry.lines().find(|line| !line.starts_with('#')));
        let ids: Vec<&str> = heads.flat_map(|head| head.split("  since ").next().unwrap_or(head).split(", ")).collect();
        let once: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), once.len(), "{lang:?}");
        assert_eq!(ids.len(), Help::parse(&file).entries().count(), "{lang:?}");
    }
}

/// A space between Chinese and Latin letters or digits, and full-width punctuation behind Chinese.
#[test]
fn chinese_is_typeset_like_the_documentation() {
    let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    for (id, help) in Help::parse(&file(Lang::Zh)).entries() {
        let letters: Vec<char> = help.text.chars().collect();
        for pair in letters.windows(2) {
            let (left, right) = (pair[0], pair[1]);
            let touches = is_chinese(left) && right.is_ascii_alphanumeric()
                || left.is_ascii_alphanumeric() && is_chinese(right)
                || is_chinese(left) && matches!(right, ',' | '.' | ';' | '?' | '(');
            assert!(!touches, "{id}: {left}{right} in {}", help.text);
        }
    }
}
