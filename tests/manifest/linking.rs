//! Links carry whole texts and open forever.

use job_playground::limits::TEXT_BYTES;
use job_playground::manifest::link::{LinkError, decode, encode, encode_at, moment, without_keys};
use job_playground::texts::Lang;
use job_playground::time::Time;
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
    // Made by the page: with a check.
    assert_eq!(decode(PLAIN_LINK), Ok("kind: Job\n# 任务\n".to_owned()));
    lies_never(PLAIN_LINK, "kind: Job\n# 任务\n");
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
    for damaged in
        ["V1.abc", "V1.ABC", "v1", "v1abc", "1.abc", "v.abc", "v0.abc", "v01.abc", "w1.abc", "x", "T=abc", "t"]
    {
        assert_eq!(decode(damaged), Err(LinkError::NotALink), "{damaged}");
    }
    assert_eq!(decode("v2.abc"), Err(LinkError::Newer { version: "v2".to_owned() }));
    let data = link.rfind('.').expect("a check");
    for cut in (3..data).step_by(7) {
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

/// What follows the text is no part of it.
#[test]
fn a_link_may_lead_to_a_moment() {
    let text = text(&files_with("yaml", "tests/conformance/curated")[0]);
    let at = Time::from_millis(25_301);
    let link = encode_at(&text, at);
    assert!(link.ends_with("&at=25.301s"), "{link}");
    assert_eq!((decode(&link).as_deref(), moment(&link)), (Ok(&*text), Some(at)));
    assert_eq!(without_keys(&link), encode(&text));
    let others = format!("{}&theme=dark&at=1m30s&lang=zh", encode(&text));
    assert_eq!((decode(&others).as_deref(), moment(&others)), (Ok(&*text), Some(Time::from_seconds(90))));
    for without in ["", "&at=", "&at=soon", "&that=5s", "&at"] {
        let link = format!("{}{without}", encode(&text));
        assert_eq!((decode(&link).as_deref(), moment(&link)), (Ok(&*text), None), "{without}");
    }
    assert_eq!(decode("&at=5s"), Err(LinkError::NotALink));
}

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The link with another letter at a place: each of the alphabet in a short link, seven of them in a long one.
fn flips(link: &str, at: usize) -> impl Iterator<Item = String> {
    let step = if link.len() <= 120 { 1 } else { 9 };
    let others = LETTERS.iter().skip(at % step).step_by(step).filter(move |letter| link.as_bytes()[at] != **letter);
    others.map(move |letter| format!("{}{}{}", &link[..at], char::from(*letter), &link[at + 1..]))
}

/// Links of version 1 were published without a check. What each becomes when it is cut or changed is as it always was:
/// `NAME.outcomes` has a digest of the answers for every 16 places, of a long link for each twelfth such row.
#[test]
fn old_links_answer_to_flips_and_cuts_as_ever() {
    for path in files_with("link", "tests/links").iter().filter(|path| shown(path).contains("v1_0")) {
        let link = text(path);
        let link = link.trim_end();
        let mut digests = String::new();
        let rows = (PREFIX.len()..link.len()).step_by(16);
        for start in rows.step_by(if link.len() < 400 { 1 } else { 12 }) {
            let mut digest = 0xcbf2_9ce4_8422_2325_u64;
            for at in start..link.len().min(start + 16) {
                for fragment in flips(link, at).chain([link[..at].to_owned()]) {
                    for byte in format!("{:?}", decode(&fragment)).bytes() {
                        digest = (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
                    }
                }
            }
            digests += &format!("{start} {digest:016x}\n");
        }
        let same = support::expect(&path.with_extension("outcomes"), digests);
        same.unwrap_or_else(|difference| panic!("{difference}"));
    }
}

const PREFIX: &str = "v1.";

const PLAIN_LINK: &str = "t=.a2luZDogSm9iCiMg5Lu75YqhCg.3-kP";

/// Whatever letter of a link with a check is changed or lost, and wherever it ends: it says so, or opens the same text.
/// Of long links only each eleventh place is tried, unless `FUZZ` is set.
fn lies_never(link: &str, text: &str) {
    assert_eq!(decode(link).as_deref(), Ok(text));
    let step = if link.len() < 400 || std::env::var_os("FUZZ").is_some() { 1 } else { 11 };
    for at in (0..link.len()).step_by(step) {
        let dot = link.as_bytes()[at] != b'.';
        let dotted = format!("{}.{}", &link[..at], &link[at + 1..]);
        let lost = format!("{}{}", &link[..at], &link[at + 1..]);
        let flips = flips(link, at).take(if link.len() < 400 { 64 } else { 2 });
        for fragment in flips.chain([link[..at].to_owned(), lost]).chain(dot.then_some(dotted)) {
            match decode(&fragment) {
                Ok(opened) => assert_eq!(opened, text, "{fragment}"),
                Err(error) => assert!(error.readable().is_some() || at < PREFIX.len(), "{fragment}: {error:?}"),
            }
        }
    }
}

#[test]
fn new_links_cannot_lie() {
    for path in files_with("yaml", "tests/links") {
        let text = text(&path);
        lies_never(&encode(&text), &text);
    }
}

/// One letter of such a link used to open `backoffLimit: 0` instead of 3, without a word.
#[test]
fn an_altered_link_shows_what_it_says_now() {
    let shared = text(&files_with("yaml", "tests/conformance/curated")[0]);
    let link = encode(&shared);
    let altered: Vec<LinkError> =
        (PREFIX.len()..link.len()).flat_map(|at| flips(&link, at)).filter_map(|link| decode(&link).err()).collect();
    let is_whole = |error: &&LinkError| {
        matches!(error, LinkError::Altered { readable }
            if *readable != shared && readable.lines().count() == shared.lines().count())
    };
    assert!(altered.iter().any(|error| is_whole(&error)));
    for lang in Lang::ALL {
        for error in &altered {
            assert!(!(lang.diagnostics().link_error)(error).is_empty());
        }
    }
}
