//! Chinese as it is set: its own stops and brackets, no space between its letters.

use job_playground::cluster::reason::StepId;
use job_playground::conformance::{CaseKind, cases};
use job_playground::explain::{Names, Selection, why};
use job_playground::manifest;
use job_playground::recording::Recording;
use job_playground::texts::Lang;
use job_playground::timeline::Timeline;
use proc_macro2::{TokenStream, TokenTree};
use support::{files_with, root, text};

fn is_han(letter: char) -> bool {
    matches!(letter, '\u{2e80}'..='\u{2fff}' | '\u{3040}'..='\u{9fff}')
}

fn is_wide(letter: char) -> bool {
    is_han(letter) || matches!(letter, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}' | '…' | '“' | '”')
}

/// What is set wrongly in these words: the letters around it.
fn mistakes(words: &str) -> Vec<String> {
    let letters: Vec<char> = words.chars().collect();
    let at = |place: usize| letters.get(place).copied();
    let mut found = Vec::new();
    for (place, letter) in letters.iter().enumerate() {
        let before = place.checked_sub(1).and_then(at);
        let (next, after) = (at(place + 1), at(place + 2));
        let is_latin_stop = ",;:?!.()".contains(*letter);
        // `backoffLimit: 3`, `1.36` and `f(x)` are not Chinese; a stop beside a letter of Chinese is.
        let beside = before.is_some_and(is_han) || next.is_some_and(is_han) && !matches!(letter, ')' | '.');
        let behind_space = next == Some(' ') && after.is_some_and(is_han) && !matches!(letter, ')');
        let is_space = *letter == ' ' && before.is_some_and(is_wide) && next.is_some_and(is_wide);
        let beside_mark = *letter == ' '
            && (before.is_some_and(|mark| "，。：；？！、（）".contains(mark))
                || next.is_some_and(|mark| "，。：；？！、（）".contains(mark)));
        if is_latin_stop && (beside || behind_space) || is_space || beside_mark {
            let around = place.saturating_sub(8)..(place + 8).min(letters.len());
            found.push(letters[around].iter().collect());
        }
    }
    found
}

fn literals(tokens: TokenStream, found: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => literals(group.stream(), found),
            TokenTree::Literal(literal) => {
                found.extend(syn::parse_str::<syn::LitStr>(&literal.to_string()).ok().map(|text| text.value()));
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
    }
}

#[test]
fn mistakes_are_found() {
    for wrong in [
        "失败, 重试",
        "OOM: 杀死",
        "失败. 按",
        "是 索引",
        "重试 ，失败",
        "失败： 是",
        "（失败 ）",
        "失败(见下)",
        "失败:3",
    ] {
        assert!(!mistakes(wrong).is_empty(), "{wrong}");
    }
    for right in [
        "失败，重试",
        "在 backoffLimit: 3 之内",
        "版本 1.36。",
        "Job 失败（见下）",
        "{}：{}",
        "f(x) 失败",
        "见 a.yaml 一行",
    ] {
        assert_eq!(mistakes(right), [""; 0], "{right}");
    }
}

#[test]
fn every_sentence_is_set_as_chinese_is() {
    let mut wrong = Vec::new();
    for path in files_with("rs", "src/texts/zh") {
        let mut found = Vec::new();
        literals(text(&path).parse().expect("it is Rust"), &mut found);
        // kubectl begins its own words with `error:`.
        let found = found.iter().map(|words| words.trim_start_matches("error: "));
        for words in found.filter(|words| words.chars().any(is_han)) {
            wrong.extend(mistakes(words).into_iter().map(|place| format!("{}: {place}", path.display())));
        }
    }
    let help = text(&root().join("static").join(Lang::Zh.help_file()));
    wrong.extend(help.lines().flat_map(mistakes).map(|place| format!("help: {place}")));
    for path in ["static/boot.js", "index.html"] {
        let lines = text(&root().join(path));
        let chinese = lines.lines().filter(|line| line.chars().any(is_han));
        wrong.extend(chinese.flat_map(mistakes).map(|place| format!("{path}: {place}")));
    }
    for path in files_with("yaml", "src/texts/zh/lessons") {
        let lines = text(&path);
        let values = lines.lines().map(|line| line.split_once([':', '-']).map_or(line, |(_, value)| value));
        let words = values.map(|value| value.trim().trim_matches('"'));
        wrong.extend(words.flat_map(mistakes).map(|place| format!("{}: {place}", path.display())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_sentence_about_a_recording_is_set_as_chinese_is() {
    let mut wrong: Vec<String> = Vec::new();
    let recorded = cases(&root().join("tests/conformance")).unwrap_or_else(|error| panic!("{error}"));
    for case in recorded.iter().filter(|case| case.kind == CaseKind::Trace) {
        let scenario = manifest::read(&text(&case.input)).scenario.with_time_zones();
        let recording = Recording::of(&scenario);
        let (words, lines) = (Lang::Zh.explain(), Lang::Zh.timeline());
        let mut check = |said: &str| {
            // A no-break space is one, too.
            let found = mistakes(&said.replace('\u{a0}', " "));
            wrong.extend(found.into_iter().map(|place| format!("{}: {place}", case.name)));
        };
        for (id, step) in (0..).map(StepId).zip(recording.steps()) {
            let why = why(&recording, &scenario, Selection { step: id, object: step.key }).expect("a step");
            let names = Names::new(&recording, why.key);
            check(&(words.statement)(&why.statement, names).plain());
            why.chain.iter().for_each(|link| check(&(words.fact)(&link.fact, names).plain()));
            check(&words.line(&why.subject, names));
        }
        let timeline = Timeline::of(&recording, &scenario);
        for happening in timeline.story(&recording).iter().flat_map(|chapter| &chapter.happenings) {
            check(&(lines.happening)(happening).plain());
        }
    }
    wrong.sort();
    wrong.dedup_by_key(|place| place.split_once(": ").map(|(_, place)| place.to_owned()));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
