//! Texts that came with links and were changed: as many as there is room for, the last changed ones.

use super::store::StoreError;
use super::{GUEST_KEY, Keeping, twice};
use crate::limits::{KEPT_LINKS, KEPT_LINKS_BYTES};

/// Hashes of fragments in the order in which their texts were last changed, one a line: fragments are long.
const ORDER_KEY: &str = "job-playground.guests";

/// FNV-1a.
fn hash(fragment: &str) -> String {
    let sum = fragment
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{sum:016x}")
}

impl Keeping<'_> {
    pub(super) fn write_link(self, fragment: &str, text: &str) -> Result<(), StoreError> {
        if fragment.len() + text.len() > KEPT_LINKS_BYTES {
            return Err(StoreError::Full);
        }
        let key = format!("{GUEST_KEY}{fragment}");
        self.write_value(&key, text)?;
        let (order, hash) = (self.order(), hash(fragment));
        if order.last() != Some(&hash) {
            let others = order.into_iter().filter(|known| *known != hash);
            let order: Vec<String> = others.chain([hash.clone()]).collect();
            let skipped = order.len().saturating_sub(KEPT_LINKS);
            // Without an order the oldest is only not known.
            let _ = twice(|| self.store.set(ORDER_KEY, &order[skipped..].join("\n")));
        }
        self.trim_links(&key);
        Ok(())
    }

    fn order(self) -> Vec<String> {
        let lines = twice(|| self.store.get(ORDER_KEY)).ok().flatten().unwrap_or_default();
        lines.lines().map(str::to_owned).collect()
    }

    /// Lets the oldest go until the rest are within the bounds. The one under this key stays.
    pub(super) fn trim_links(self, stays: &str) {
        let order = self.order();
        let mut links: Vec<(usize, String, usize)> = Vec::new();
        for key in twice(|| self.store.keys()).unwrap_or_default() {
            let Some(fragment) = key.strip_prefix(GUEST_KEY) else { continue };
            let Ok(Some(text)) = twice(|| self.store.get(&key)) else { continue };
            // Those of which no order is known are the oldest.
            let place = order.iter().position(|known| *known == hash(fragment)).map_or(0, |place| place + 1);
            let bytes = fragment.len() + text.len();
            links.push((if key == stays { usize::MAX } else { place }, key, bytes));
        }
        links.sort();
        let mut bytes: usize = links.iter().map(|(_, _, bytes)| bytes).sum();
        let mut count = links.len();
        for (_, key, its_bytes) in links.iter().filter(|(_, key, _)| key != stays) {
            if count <= KEPT_LINKS && bytes <= KEPT_LINKS_BYTES {
                break;
            }
            // What cannot be removed now is too much the next time, too.
            let _ = twice(|| self.store.remove(key));
            (count, bytes) = (count - 1, bytes - its_bytes);
        }
    }
}
