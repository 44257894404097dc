//! Links carry whole texts and open forever.

use job_playground::limits::TEXT_BYTES;
use job_playground::manifest::link::{LinkError, decode, encode};
use proptest::prelude::*;
use support::{files_with, shown, text};

proptest! {
    #[test]
    fn any_text_survives_a_link(text in "(?s).{0,300}") {
        let link = encode(&text);
        prop_assert!(link.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)));
        prop_assert_eq!(decode(&link), Ok(text));
    }

    #[test]
    fn any_fragment_can_be_decoded_without_a_panic(fragment in "(v[0-9]{1,3}\\.)?[A-Za-z0-9_.%-]{0,60}") {
        let _ = decode(&fragment);
    }
}

/// `static/boot.js` makes such links after a crash, when nothing can compress.
#[test]
fn a_plain_link_opens_too() {
    assert_eq!(decode("#t=a2luZDogSm9iCiMg5Lu75YqhCg"), Ok("kind: Job\n# 任务\n".to_owned()));
    assert_eq!(decode("#t=a2luZDog/"), Err(LinkError::Damaged { readable: "kind: ".to_owned() }));
    assert_eq!(decode("#t=a2luZDrkvA"), Err(LinkError::Damaged { readable: "kind:".to_owned() }));
}

/// One link per release and the text that it must open, in tests/links: `NAME.link` and `NAME.yaml`. A link that exists
/// is never rewritten, whatever `UPDATE_EXPECT` says.
#[test]
fn old_links_open_forever() {
    let texts = files_with("yaml", "tests/links");
    assert!(!texts.is_empty());
    for path in texts {
        let link = path.with_extension("link");
        if !link.exists() {
            let new = support::expect(&link, encode(&text(&path)) + "\n");
            new.unwrap_or_else(|difference| panic!("{difference}"));
        }
        assert_eq!(decode(&text(&link)), Ok(text(&path)), "{}", shown(&path));
    }
}

#[test]
fn real_texts_make_short_links() {
    let mut lengths: Vec<usize> =
        files_with("yaml", "tests/conformance/curated").iter().map(|path| encode(&text(path)).len()).collect();
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    assert!(median < 320, "half of all links are longer than {median} characters");
}

#[test]
fn a_broken_link_is_recognized_and_gives_what_is_readable() {
    let text = text(&files_with("yaml", "tests/conformance/curated")[0]);
    let link = encode(&text);
    assert_eq!(decode(&format!("#{link}")), Ok(text.clone()));
    assert_eq!(decode("#why"), Err(LinkError::NotALink));
    assert_eq!(decode(""), Err(LinkError::NotALink));
    assert_eq!(decode("v2.abc"), Err(LinkError::Newer { version: "v2".to_owned() }));
    for cut in (3..link.len()).step_by(7) {
        match decode(&link[..cut]) {
            Err(LinkError::Damaged { readable }) => assert!(text.starts_with(&readable), "{readable}"),
            other => panic!("{cut}: {other:?}"),
        }
    }
    let broken = format!("{}%{}", &link[..60], &link[61..]);
    assert!(matches!(decode(&broken), Err(LinkError::Damaged { .. })));
    assert_eq!(decode(&encode(&"a".repeat(TEXT_BYTES))).map(|text| text.len()), Ok(TEXT_BYTES));
    assert_eq!(decode(&encode(&"a".repeat(TEXT_BYTES + 1))), Err(LinkError::TooLong));
}
