//! IDs of images and containers. An image's digest is a SHA-256 over its name: the images themselves are not there.
//!
//! SHA-256 is written out here: the crate that has it brings eight others, to be fast at what happens here a few times
//! for a command.

use crate::api::{Container, ImageName, Pod};

/// Name and digest of an image, as the container runtime has them; empty if it has no valid name.
pub(super) fn image_id(image: &str) -> String {
    let Ok(name) = ImageName::parse(image) else { return String::new() };
    match name.digest() {
        Some(digest) => format!("{}@{digest}", name.repository()),
        None => format!("{}@sha256:{}", name.repository(), sha256(name.full().as_bytes())),
    }
}

/// The ID of a container of a pod; each restart makes a new one.
pub(super) fn container_id(pod: &Pod, container: &Container, restarts: u32) -> String {
    format!("containerd://{}", sha256(format!("{}/{}/{restarts}", pod.id, container.name).as_bytes()))
}

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
const ROUNDS: [u32; 64] = [
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
    0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
    0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
    0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
    0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
    0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
    0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
    0xc67178f2,
];
/// Those of the square roots of the first eight.
const START: [u32; 8] =
    [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];
const BLOCK: usize = 64;

/// SHA-256 in hexadecimal digits (FIPS 180-4).
pub(crate) fn sha256(message: &[u8]) -> String {
    let mut padded = message.to_vec();
    padded.push(0x80);
    while padded.len() % BLOCK != BLOCK - 8 {
        padded.push(0);
    }
    padded.extend((message.len() as u64 * 8).to_be_bytes());
    let state = padded.chunks_exact(BLOCK).fold(START, compressed);
    state.iter().map(|word| format!("{word:08x}")).collect()
}

fn compressed(state: [u32; 8], block: &[u8]) -> [u32; 8] {
    let mut words = [0_u32; 64];
    for (word, bytes) in words.iter_mut().zip(block.chunks_exact(4)) {
        *word = bytes.iter().fold(0, |word, byte| word << 8 | u32::from(*byte));
    }
    for place in 16..words.len() {
        let (before, last) = (words[place - 15], words[place - 2]);
        let of_before = before.rotate_right(7) ^ before.rotate_right(18) ^ before >> 3;
        let of_last = last.rotate_right(17) ^ last.rotate_right(19) ^ last >> 10;
        words[place] = words[place - 16].wrapping_add(of_before).wrapping_add(words[place - 7]).wrapping_add(of_last);
    }
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = state;
    for (word, round) in words.iter().zip(ROUNDS) {
        let of_e = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
        let choice = e & f ^ !e & g;
        let first = h.wrapping_add(of_e).wrapping_add(choice).wrapping_add(round).wrapping_add(*word);
        let of_a = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
        let majority = a & b ^ a & c ^ b & c;
        (h, g, f, e) = (g, f, e, d.wrapping_add(first));
        (d, c, b, a) = (c, b, a, first.wrapping_add(of_a.wrapping_add(majority)));
    }
    let mut sum = state;
    for (word, more) in sum.iter_mut().zip([a, b, c, d, e, f, g, h]) {
        *word = word.wrapping_add(more);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::{image_id, sha256};

    #[test]
    fn examples_of_the_standard() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let two_blocks = "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1";
        assert_eq!(sha256(b""), empty);
        assert_eq!(sha256(b"abc"), abc);
        assert_eq!(sha256(b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"), two_blocks);
    }

    #[test]
    fn an_image_that_is_named_by_its_digest_has_that_one() {
        let digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
        assert_eq!(image_id(&format!("ghcr.io/acme/tool@{digest}")), format!("ghcr.io/acme/tool@{digest}"));
        let busybox = "d55432289a2f69dad7e00346d00e8d4df4d0053a44dffb3f8cf463f6e3fb4b04";
        assert_eq!(image_id("busybox:1.36"), format!("docker.io/library/busybox@sha256:{busybox}"));
        assert_eq!(image_id("Busybox"), "");
    }
}
