//! Chance without a stream: every draw is a function of a seed and of what it is for, so that moving one line of a
//! text never changes another pod's luck (docs/scenario.md, Chance).

/// A number below 2⁶⁴ for `seed` and the parts of `what`; the same on every machine.
pub fn draw(seed: u64, what: &[u64]) -> u64 {
    let mut state = mix(seed ^ 0x6a09_e667_f3bc_c908);
    for part in what {
        state = mix(state.rotate_left(23) ^ mix(*part));
    }
    state
}

/// Whether something happens whose probability is `millionths` in a million.
pub fn happens(seed: u64, what: &[u64], millionths: u32) -> bool {
    draw(seed, what) % 1_000_000 < u64::from(millionths)
}

/// A number that stands for a name in [`draw`] (FNV-1a).
pub fn of_text(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The alphabet of generated names: no vowels, and no characters that look alike (JC-146).
const ALPHABET: &[u8; 27] = b"bcdfghjklmnpqrstvwxz2456789";

/// The five characters at the end of a generated name.
pub fn suffix(seed: u64, what: &[u64]) -> [u8; 5] {
    let mut number = draw(seed, what);
    std::array::from_fn(|_| {
        let letter = ALPHABET[(number % 27) as usize];
        number /= 27;
        letter
    })
}

/// Whether a text may be such an end.
pub fn is_suffix(text: &str) -> bool {
    text.len() == 5 && text.bytes().all(|letter| ALPHABET.contains(&letter))
}

/// SplitMix64's finaliser: spreads every bit over all bits.
fn mix(mut z: u64) -> u64 {
    z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_depend_on_seed_and_parts_alone() {
        assert_eq!(draw(7, &[1, 2, 3]), draw(7, &[1, 2, 3]));
        assert_ne!(draw(7, &[1, 2, 3]), draw(8, &[1, 2, 3]));
        assert_ne!(draw(7, &[1, 2, 3]), draw(7, &[3, 2, 1]));
        // Golden: a change of this number changes the luck of every saved scenario.
        assert_eq!(std::str::from_utf8(&suffix(0, &[1])), Ok("2fpkv"));
    }

    #[test]
    fn things_happen_with_their_probability() {
        let hits = (0..100_000).filter(|n| happens(1, &[*n], 200_000)).count();
        assert!((19_000..21_000).contains(&hits), "{hits} of 100000 at 20 %");
    }
}
