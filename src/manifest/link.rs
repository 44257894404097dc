//! The whole text in the fragment of an address: a version, and in base64url without padding the text, compressed by raw
//! deflate with a dictionary of what such texts usually contain. Links must open forever: the dictionary of a version
//! never changes.

use crate::limits::TEXT_BYTES;
use miniz_oxide::deflate::core::{CompressorOxide, TDEFLFlush, compress_to_output, create_comp_flags_from_zip_params};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

/// The prefix of links of version 1.
const PREFIX: &str = "v1.";

/// The prefix of links with an uncompressed text: `static/boot.js` makes them when the program cannot run.
const PLAIN_PREFIX: &str = "t=";

/// What most texts contain, the most frequent last, where references to it are shortest. Frozen with v1.
const DICTIONARY: &[u8] = include_bytes!("link/v1.dictionary");

/// Raw deflate: no zlib header. Level 9, default strategy.
const RAW_DEFLATE: i32 = -15;

/// Why a link cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// It does not begin with a version.
    NotALink,
    /// Made by a newer version of the product.
    Newer {
        /// The version it names: `v2`.
        version: String,
    },
    /// Cut off or changed on the way.
    Damaged {
        /// The beginning of the text, as far as it could be read.
        readable: String,
    },
    /// The text is longer than [`TEXT_BYTES`].
    TooLong,
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
    format!("{PREFIX}{}", to_base64url(&packed))
}

/// The text of a fragment, with or without `#`.
///
/// # Errors
/// [`LinkError`], with what could be read.
pub fn decode(fragment: &str) -> Result<String, LinkError> {
    let fragment = fragment.trim().trim_start_matches('#');
    if let Some(data) = fragment.strip_prefix(PLAIN_PREFIX) {
        return decode_plain(data);
    }
    let Some(data) = fragment.strip_prefix(PREFIX) else {
        let version = fragment.split_once('.').map(|(version, _)| version);
        let is_version = |version: &&str| {
            version
                .strip_prefix('v')
                .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
        };
        return Err(match version.filter(is_version) {
            Some(version) => LinkError::Newer { version: version.to_owned() },
            None => LinkError::NotALink,
        });
    };
    let (packed, is_clean) = from_base64url(data);
    let mut output = DICTIONARY.to_vec();
    output.resize(DICTIONARY.len() + TEXT_BYTES, 0);
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

fn decode_plain(data: &str) -> Result<String, LinkError> {
    let (bytes, is_clean) = from_base64url(data);
    if bytes.len() > TEXT_BYTES {
        return Err(LinkError::TooLong);
    }
    match String::from_utf8(bytes) {
        Ok(text) if is_clean => Ok(text),
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
        let Some(value) = ALPHABET.iter().position(|known| *known == letter) else { return (bytes, false) };
        group = (group << 6 | value as u32) & 0xfff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((group >> bits) as u8);
        }
    }
    (bytes, true)
}
