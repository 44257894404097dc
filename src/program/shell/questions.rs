//! What `test`, `[` and `[[` answer.

/// The status of `test`: 0 true, 1 false, 2 malformed; `None` for questions about files.
pub(super) fn test_of(arguments: &[&str]) -> Option<i32> {
    let negations = arguments.iter().take_while(|argument| **argument == "!").count();
    let status = plain_test(&arguments[negations..])?;
    // Each turns what is not true into true.
    Some((0..negations).fold(status, |status, _| i32::from(status == 0)))
}

fn plain_test(arguments: &[&str]) -> Option<i32> {
    let truth = match arguments {
        [] => false,
        [text] => !text.is_empty(),
        ["-z", text] => text.is_empty(),
        ["-n", text] => !text.is_empty(),
        [left, "=" | "==", right] => left == right,
        [left, "!=", right] => left != right,
        [left, operator @ ("-eq" | "-ne" | "-lt" | "-le" | "-gt" | "-ge"), right] => {
            let (Ok(left), Ok(right)) = (left.parse::<i64>(), right.parse::<i64>()) else { return Some(2) };
            match *operator {
                "-eq" => left == right,
                "-ne" => left != right,
                "-lt" => left < right,
                "-le" => left <= right,
                "-gt" => left > right,
                _ => left >= right,
            }
        }
        ["-eq" | "-ne" | "-lt" | "-le" | "-gt" | "-ge" | "=" | "==" | "!=", _] => return Some(2),
        _ => return None,
    };
    Some(i32::from(!truth))
}
