//! The syntax of written cases (tests/support) is read and written as it is described.

use std::fs;
use std::path::Path;
use support::{cases, difference, expect, expect_answers};

const FILE: &str = "\
# What they are about.

=== the marks
a: →b␃
>>>
one

two

=== nothing in, nothing out
>>>
";

#[test]
fn cases_are_read_and_written_back() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("written_cases.txt");
    fs::write(&path, FILE).expect("a file for this test");
    let read: Vec<_> = cases(&path).into_iter().map(|case| (case.title, case.input, case.expected)).collect();
    let case = |title: &str, input: &str, expected: &str| (title.to_owned(), input.to_owned(), expected.to_owned());
    assert_eq!(read, [case("the marks", "a: \tb", "one\n\ntwo"), case("nothing in, nothing out", "", "")]);
    expect_answers(&path, |input| if input.is_empty() { String::new() } else { "one\n\ntwo\n".to_owned() });
    if std::env::var_os("UPDATE_EXPECT").is_none() {
        assert!(expect(&path, "# What they are about.\n").is_err());
    }
}

#[test]
fn a_difference_is_the_lines_between_equal_ends() {
    assert_eq!(difference("a\nb\nc\n", "a\nx\ny\nc\n"), ["- b", "+ x", "+ y"]);
    assert_eq!(difference("a\n", "a\n"), [""; 0]);
}
