//! Chinese as it is set: its own stops and brackets, no space between its letters.

use job_playground::texts::Lang;
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
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
