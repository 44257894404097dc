//! The whole text in the fragment of an address: `v1.DATA.CHECK`. The data are the text, compressed by raw deflate with a
//! dictionary of what such texts usually contain, in base64url without padding. The check finds out what a mail program
//! or a slip of the hand has changed; it is no signature.
//!
//! A link to a moment goes on with `&at=25.301s`, one to a mark there with `&mark=pod-2`, and may have other keys; they are no
//! part of the link, and change nothing of the text that it opens.
//!
//! Links must open forever: the dictionary of a version never changes, and links without a check (all that were made
//! before there was one) are read as they always were. A page from before the check opens a link with one, too: it reads
//! the data up to the full stop, and says that something is wrong with the rest.

use crate::limits::TEXT_BYTES;
use crate::time::{Span, Time};
use miniz_oxide::deflate::core::{CompressorOxide, TDEFLFlush, compress_to_output, create_comp_flags_from_zip_params};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

/// One way to write a text into a link: a prefix, the data, a full stop, the check.
struct Form {
    prefix: &'static str,
    read: fn(&str) -> Result<String, LinkError>,
    /// Whether such links were once made without a full stop and a check.
    may_lack_check: bool,
}

const V1: Form = Form { prefix: "v1.", read: read_packed, may_lack_check: true };

/// Uncompressed texts: `static/boot.js` makes such links when the program cannot run. Data that were cut off are data
/// still, so the prefix tells that a check must follow.
const PLAIN: Form = Form { prefix: "t=.", read: read_plain, may_lack_check: false };

/// Uncompressed texts, as they were made before there was a check.
const OLD_PLAIN: Form = Form { prefix: "t=", read: read_plain, may_lack_check: true };

/// What stands between the data and the check: no letter of the data.
const MARK: char = '.';

/// Before a key and its value: no letter of a link either.
const KEY: char = '&';

/// What most texts contain, the most frequent last, where references to it are shortest. Frozen with v1. `static/boot.js`
/// fetches the same file when it shows the text of a link without the program.
const DICTIONARY: &[u8] = include_bytes!("../../static/link-v1.dictionary.txt");

/// Raw deflate: no zlib header. Level 9, default strategy.
const RAW_DEFLATE: i32 = -15;

/// Why a link cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// It does not begin with a version: an anchor of some page, or a link whose beginning was lost or changed.
    NotALink,
    /// Made by a newer version of the product.
    Newer {
        /// The version it names: `v2`.
        version: String,
    },
    /// Cut off or changed on the way, so that no whole text can be read.
    Damaged {
        /// The beginning of the text, as far as it could be read.
        readable: String,
    },
    /// A whole text can be read, but the check is that of another link: some of its letters were changed.
    Altered {
        /// The text; not what was shared, unless only the check was changed.
        readable: String,
    },
    /// The text is longer than [`TEXT_BYTES`].
    TooLong,
}

impl LinkError {
    /// What could be read, for someone to see what it was.
    pub fn readable(&self) -> Option<&str> {
        match self {
            LinkError::Damaged { readable } | LinkError::Altered { readable } => Some(readable),
            LinkError::NotALink | LinkError::Newer { .. } | LinkError::TooLong => None,
        }
    }
}

/// A text as the fragment of an address, without `#`.
pub fn encode(text: &str) -> String {
    let mut compressor = CompressorOxide::new(create_comp_flags_from_zip_params(9, RAW_DEFLATE, 0));
    // After a flush the stream is at a byte boundary, so the compressed dictionary can be left out; the references of
    // the text reach back into it.
    let (_, _) = compress_to_output(&mut compressor, DICTIONARY, TDEFLFlush::Sync, |_| true);
    let mut packed = Vec::new();
    let (_, _) = compress_to_output(&mut compressor, text.as_bytes(), TDEFLFlush::Finish, |bytes| {
        packed.extend_from_slice(bytes);
        true
    });
    let link = V1.prefix.to_owned() + &to_base64url(&packed);
    let check = check(&link);
    format!("{link}{MARK}{check}")
}

/// The same, to a moment of the run.
pub fn encode_at(text: &str, at: Time) -> String {
    format!("{}{KEY}at={}", encode(text), at - Time::ZERO)
}

/// The same, to what is explained at that moment.
pub fn encode_mark(text: &str, at: Time, mark: Option<&str>) -> String {
    let mark = mark.map_or_else(String::new, |mark| format!("{KEY}mark={mark}"));
    encode_at(text, at) + &mark
}

/// A film as the fragment of an address of `embed.html`, without `#`: `f1.DATA`, packed by raw deflate.
pub fn encode_film(film: &str) -> String {
    let packed = miniz_oxide::deflate::compress_to_vec(film.as_bytes(), 9);
    format!("f1.{}", to_base64url(&packed))
}

/// A fragment without its keys.
pub fn without_keys(fragment: &str) -> &str {
    fragment.split_once(KEY).map_or(fragment, |(link, _)| link)
}

/// The moment to which a fragment leads; `None` if it names none that can be read.
pub fn moment(fragment: &str) -> Option<Time> {
    Span::parse(key(fragment, "at=")?).ok().map(|span| Time::ZERO + span)
}

/// The mark to which it leads.
pub fn mark(fragment: &str) -> Option<&str> {
    key(fragment, "mark=")
}

fn key<'f>(fragment: &'f str, name: &str) -> Option<&'f str> {
    fragment.split(KEY).skip(1).find_map(|pair| pair.strip_prefix(name))
}

/// The text of a fragment, with or without `#`.
///
/// # Errors
/// [`LinkError`], with what could be read.
pub fn decode(fragment: &str) -> Result<String, LinkError> {
    let fragment = without_keys(fragment.trim().trim_start_matches('#'));
    let Some(form) = [V1, PLAIN, OLD_PLAIN].into_iter().find(|form| fragment.starts_with(form.prefix)) else {
        return Err(newer_version(fragment).map_or(LinkError::NotALink, |version| LinkError::Newer { version }));
    };
    let start = form.prefix.len();
    let end = fragment[start..].find(MARK).map_or(fragment.len(), |at| start + at);
    let text = (form.read)(&fragment[start..end])?;
    let (link, rest) = fragment.split_at(end);
    match rest.strip_prefix(MARK) {
        None if form.may_lack_check => Ok(text),
        None => Err(LinkError::Damaged { readable: text }),
        Some(found) if *found == check(link) => Ok(text),
        Some(_) => Err(LinkError::Altered { readable: text }),
    }
}

/// `v2` of `v2.…`.
fn newer_version(fragment: &str) -> Option<String> {
    let (version, _) = fragment.split_once('.')?;
    let number = version.strip_prefix('v').filter(|number| number.bytes().all(|byte| byte.is_ascii_digit()))?;
    let is_newer = !number.starts_with('0') && !matches!(number, "" | "1");
    is_newer.then(|| version.to_owned())
}

/// The check of what stands before it: CRC-24 (RFC 9580, 6.1.1), four letters. It finds each change within three letters
/// that follow each other, and all but one in sixteen million of other changes.
fn check(link: &str) -> String {
    let mut sum = 0x00b7_04ce_u32;
    for byte in link.bytes() {
        sum ^= u32::from(byte) << 16;
        for _ in 0..8 {
            sum <<= 1;
            if sum & 0x0100_0000 != 0 {
                sum ^= 0x0186_4cfb;
            }
        }
    }
    to_base64url(&sum.to_be_bytes()[1..])
}

fn read_packed(data: &str) -> Result<String, LinkError> {
    let (packed, is_clean) = from_base64url(data);
    let mut output = DICTIONARY.to_vec();
    // Deflate makes no more than 258 bytes of 2 bits.
    output.resize(DICTIONARY.len() + TEXT_BYTES.min(packed.len() * 4 * 258 + 1), 0);
    let mut inflater = DecompressorOxide::new();
    let flags = TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
    let (status, _, written) = decompress(&mut inflater, &packed, &mut output, DICTIONARY.len(), flags);
    let unpacked = &output[DICTIONARY.len()..DICTIONARY.len() + written];
    match (status, std::str::from_utf8(unpacked)) {
        (TINFLStatus::Done, Ok(text)) if is_clean => Ok(text.to_owned()),
        (TINFLStatus::HasMoreOutput, _) => Err(LinkError::TooLong),
        (_, Ok(text)) => Err(LinkError::Damaged { readable: text.to_owned() }),
        (_, Err(error)) => {
            let readable = String::from_utf8_lossy(&unpacked[..error.valid_up_to()]).into_owned();
            Err(LinkError::Damaged { readable })
        }
    }
}

fn read_plain(data: &str) -> Result<String, LinkError> {
    let (bytes, is_clean) = from_base64url(data);
    if bytes.len() > TEXT_BYTES {
        return Err(LinkError::TooLong);
    }
    match String::from_utf8(bytes) {
        Ok(text) if is_clean && !text.is_empty() => Ok(text),
        Ok(readable) => Err(LinkError::Damaged { readable }),
        Err(error) => {
            let end = error.utf8_error().valid_up_to();
            Err(LinkError::Damaged { readable: String::from_utf8_lossy(&error.as_bytes()[..end]).into_owned() })
        }
    }
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

fn to_base64url(bytes: &[u8]) -> String {
    let letters = bytes.chunks(3).flat_map(|chunk| {
        let group = chunk.iter().fold(0u32, |group, byte| group << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        (0..=chunk.len()).map(move |place| ALPHABET[(group >> (18 - 6 * place)) as usize & 63] as char)
    });
    letters.collect()
}

/// The bytes up to the first character outside of the alphabet, and whether the whole text was read.
fn from_base64url(text: &str) -> (Vec<u8>, bool) {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut group, mut bits) = (0u32, 0);
    for letter in text.bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return (bytes, false),
        };
        group = (group << 6 | u32::from(value)) & 0xfff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((group >> bits) as u8);
        }
    }
    (bytes, true)
}
