//! A line of a shell as words: quotes and backslashes, nothing else of a shell.

/// The words of a line. A quote that is not closed ends with the line.
pub fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (Some(open), letter) if letter == open => quote = None,
            (None | Some('"'), '\\') => word.get_or_insert_default().extend(letters.next()),
            (Some(_), letter) => word.get_or_insert_default().push(letter),
            (None, '\'' | '"') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None, letter) if letter.is_whitespace() => words.extend(word.take()),
            (None, letter) => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn quotes_keep_words_together() {
        assert_eq!(words("get  jobs -o wide"), ["get", "jobs", "-o", "wide"]);
        assert_eq!(
            words(r#"patch job/pi -p '{"spec": {}}' a\ b "c 'd'" ''"#),
            ["patch", "job/pi", "-p", r#"{"spec": {}}"#, "a b", "c 'd'", ""]
        );
        assert_eq!(words("'open end"), ["open end"]);
    }
}
