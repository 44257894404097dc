//! Completion, and what is known of the field at a caret `‸`: tests/advice/*.txt.

use job_playground::advice::{self, FieldInfo, all_fields};
use job_playground::limits::COMPLETED_BYTES;
use job_playground::manifest::{self, Reading};
use support::{expect_answers, files_with, root, text};

const CARET: char = '‸';

/// The items beyond these are only counted.
const SHOWN: usize = 9;

fn at_caret(text: &str) -> (String, usize) {
    let caret = text.find(CARET).expect("a caret in the text");
    (text.replacen(CARET, "", 1), caret)
}

/// What is offered, and the text when the first of it is taken.
fn offered(text: &str) -> String {
    let (text, caret) = at_caret(text);
    let reading = manifest::read(&text);
    let Some(found) = advice::complete(&reading, caret) else { return "nothing".to_owned() };
    let mut labels: Vec<String> = found.items.iter().map(label).collect();
    let more = labels.len().saturating_sub(SHOWN);
    labels.truncate(SHOWN);
    if more > 0 {
        labels.push(format!("and {more} more"));
    }
    let first = &found.items[0];
    let mut taken = first.insert.clone();
    taken.insert(first.caret, CARET);
    let mut after = text.clone();
    after.replace_range(found.range, &taken);
    format!("{}\n{}", labels.join(" · "), after.trim_end_matches('\n'))
}

fn label(item: &advice::Item) -> String {
    let marks = match (item.is_required, item.is_default) {
        (true, _) => " (required)",
        (_, true) => " (default)",
        _ => "",
    };
    format!("{}{marks}", item.label)
}

/// What is known of the field.
fn known(text: &str) -> String {
    let (text, caret) = at_caret(text);
    let reading = manifest::read(&text);
    let Some(field) = advice::field_at(&reading, caret) else { return "nothing".to_owned() };
    let FieldInfo { id, type_name, values, default, mutability, modelled, required, .. } = &field;
    let default = default.as_ref().map_or("none".to_owned(), ToString::to_string);
    let place =
        field.place.as_ref().and_then(|place| reading.span_of(place)).map_or("", |span| &text[span]).replace('\n', "⏎");
    format!(
        "{id} · {type_name:?} {values:?} · default {default} · changed {mutability:?} · modelled {modelled} · \
         required {required}\n{} = {:?} in {place}",
        &text[field.span.clone()],
        &text[field.value_span.clone()],
    )
}

#[test]
fn completion() {
    expect_answers(&root().join("tests/advice/completion.txt"), offered);
}

#[test]
fn fields() {
    expect_answers(&root().join("tests/advice/fields.txt"), known);
}

/// The caret everywhere in every example, and in what is written of it up to there: nothing panics, and what is
/// replaced is around the caret.
#[test]
fn any_text_can_be_completed() {
    for text in examples() {
        // Letters of several bytes, and a caret that may be in the middle of one.
        let text = text.replace("name", "名字: {名, \"称\": [称]}\n    name");
        let whole = manifest::read(&text);
        for caret in 0..=text.len() {
            ask(&whole, caret);
            if caret % 17 == 0 && text.is_char_boundary(caret) {
                ask(&manifest::read(&text[..caret]), caret);
            }
        }
    }
}

#[test]
fn long_documents_are_written_without_completions() {
    for (bytes, has_some) in [(COMPLETED_BYTES, true), (COMPLETED_BYTES + 1, false)] {
        let start = "apiVersion: batch/v1\nkind: Job\nspec:\n  par";
        let text = format!("{start}\n# {}\n", "x".repeat(bytes - start.len() - 4));
        assert_eq!(text.len(), bytes);
        // In another document there is room.
        let two = format!("{text}---\n{start}\n");
        assert_eq!(advice::complete(&manifest::read(&text), start.len()).is_some(), has_some, "{bytes}");
        assert!(advice::complete(&manifest::read(&two), two.len() - 1).is_some());
    }
}

fn ask(reading: &Reading, caret: usize) {
    if let Some(field) = advice::field_at(reading, caret) {
        assert!(field.span.start <= caret && field.span.end <= reading.text.len(), "{field:?}");
    }
    if let Some(found) = advice::complete(reading, caret) {
        assert!(found.range.start <= caret && caret <= found.range.end, "{caret}");
        assert!(found.items.iter().all(|item| item.insert.is_char_boundary(item.caret)));
    }
}

fn examples() -> Vec<String> {
    files_with("yaml", "src/examples").iter().map(|path| text(path)).collect()
}

/// Every key of every example is a known field, so that something can be said about each.
#[test]
fn the_examples_consist_of_known_fields() {
    let fields = all_fields();
    for text in examples() {
        let reading = manifest::read(&text);
        let is_in_comment = |at: usize| text[..at].lines().last().is_some_and(|line| line.contains('#'));
        for (colon, _) in text.match_indices(": ").filter(|(at, _)| !is_in_comment(*at)) {
            let found = advice::field_at(&reading, colon - 1);
            let found = found.unwrap_or_else(|| panic!("no field at {:?}", &text[..colon]));
            assert!(fields.contains(&found.id), "{}", found.id);
        }
    }
}
