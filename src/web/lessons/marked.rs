//! Prose of a lesson as markup: plain, but for `` `code` `` and `**bold**`.

use yew::prelude::*;

/// A mark that opens and closes, and what it makes of the words between.
const MARKS: [&str; 2] = ["`", "**"];

/// The words with their marks.
pub(super) fn marked(prose: &str) -> Html {
    let parts = pieces(prose).into_iter().map(|(mark, words)| match mark {
        Some("`") => html! { <code lang="en">{ words }</code> },
        Some(_) => html! { <b>{ words }</b> },
        None => html! { { words } },
    });
    html! { <>{ for parts }</> }
}

/// The same without its marks, for names and for screen readers.
pub(crate) fn plain(prose: &str) -> String {
    pieces(prose).into_iter().map(|(_, words)| words).collect()
}

/// Cuts prose where marks stand. One that is not closed is a letter like any other.
fn pieces(prose: &str) -> Vec<(Option<&'static str>, &str)> {
    let mut pieces = Vec::new();
    let (mut from, mut at) = (0, 0);
    while at < prose.len() {
        let mark = MARKS.into_iter().find(|mark| prose.as_bytes()[at..].starts_with(mark.as_bytes()));
        let closed = mark.and_then(|mark| {
            let start = at + mark.len();
            let length = memchr(&prose.as_bytes()[start..], mark.as_bytes()).filter(|length| *length > 0)?;
            Some((mark, start..start + length))
        });
        match closed {
            Some((mark, inside)) => {
                if from < at {
                    pieces.push((None, &prose[from..at]));
                }
                at = inside.end + mark.len();
                from = at;
                pieces.push((Some(mark), &prose[inside]));
            }
            None => at += 1,
        }
    }
    if from < prose.len() {
        pieces.push((None, &prose[from..]));
    }
    pieces
}

/// Where these bytes begin.
fn memchr(within: &[u8], bytes: &[u8]) -> Option<usize> {
    within.windows(bytes.len()).position(|window| window == bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_and_bold_are_marked_and_all_else_is_plain() {
        let (code, bold) = (Some("`"), Some("**"));
        assert_eq!(pieces("a `b` **c** d"), [(None, "a "), (code, "b"), (None, " "), (bold, "c"), (None, " d")]);
        assert_eq!(pieces("`n` 次，**不重试**。"), [(code, "n"), (None, " 次，"), (bold, "不重试"), (None, "。")]);
        for open in ["a ` b", "**", "2 ** 3", "<b>x</b>", "``", "任务`"] {
            assert_eq!(pieces(open), [(None, open)], "{open}");
        }
        assert_eq!(plain("With **Never** `n`"), "With Never n");
    }
}
