//! Links carry whole texts, and open forever.

use crate::reading::{text_of, yaml_files};
use job_playground::manifest::MAX_BYTES;
use job_playground::manifest::link::{LinkError, decode, encode};
use proptest::prelude::*;
use std::path::Path;

proptest! {
    #[test]
    fn any_text_survives_a_link(text in "(?s).{0,300}") {
        let link = encode(&text);
        prop_assert!(link.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)));
        prop_assert_eq!(decode(&link), Ok(text));
    }

    #[test]
    fn any_fragment_gets_an_answer(fragment in "(v[0-9]{1,3}\\.)?[A-Za-z0-9_.%-]{0,60}") {
        let _ = decode(&fragment);
    }
}

/// `static/boot.js` makes such links when the program has broken, so they are not compressed.
#[test]
fn a_plain_link_opens_too() {
    assert_eq!(decode("#t=a2luZDogSm9iCiMg5Lu75YqhCg"), Ok("kind: Job\n# 任务\n".to_owned()));
    assert_eq!(decode("#t=a2luZDog/"), Err(LinkError::Damaged { readable: "kind: ".to_owned() }));
    assert_eq!(decode("#t=a2luZDrkvA"), Err(LinkError::Damaged { readable: "kind:".to_owned() }));
}

/// One link per release and the text that it must open, in tests/links: `NAME.link` and `NAME.yaml`.
#[test]
fn old_links_open_forever() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/links");
    let mut opened = 0;
    for path in yaml_files("links") {
        let link = path.with_extension("link");
        if std::env::var_os("UPDATE_EXPECT").is_some() && !link.exists() {
            std::fs::write(&link, encode(&text_of(&path)) + "\n").expect("tests/links can be written");
        }
        assert_eq!(decode(&text_of(&link)), Ok(text_of(&path)), "{}", path.display());
        opened += 1;
    }
    assert!(opened > 0, "no links in {}", folder.display());
}

#[test]
fn real_texts_make_short_links() {
    let mut lengths: Vec<usize> =
        yaml_files("conformance/curated").iter().map(|path| encode(&text_of(path)).len()).collect();
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    assert!(median < 320, "half of all links are longer than {median} characters");
}

#[test]
fn what_is_no_whole_link_says_so_and_gives_what_it_has() {
    let text = text_of(&yaml_files("conformance/curated")[0]);
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
    assert_eq!(decode(&encode(&"a".repeat(MAX_BYTES))).map(|text| text.len()), Ok(MAX_BYTES));
    assert_eq!(decode(&encode(&"a".repeat(MAX_BYTES + 1))), Err(LinkError::TooLong));
}
