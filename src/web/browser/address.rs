//! The address of the page: its fragment, which may hold a text, and its query.

use super::window;
use wasm_bindgen::JsValue;

/// The fragment of the address, without `#`; `None` if there is none.
pub(crate) fn fragment() -> Option<String> {
    let fragment = window().location().hash().ok()?;
    let fragment = fragment.trim_start_matches('#');
    (!fragment.is_empty()).then(|| fragment.to_owned())
}

/// Takes the fragment out of the address. It stays in the browser's history: Back leads to it again.
pub(crate) fn leave_fragment() {
    let location = window().location();
    let address = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    let history = window().history();
    let left = history.and_then(|history| history.push_state_with_url(&JsValue::NULL, "", Some(&address)));
    if left.is_err() {
        // A frame without an origin of its own may change only what is behind the `#`.
        let _ = location.set_hash("");
    }
}

/// Puts this fragment into the address: the window reports that.
pub(crate) fn go_to(fragment: &str) {
    // Fails only for an address that cannot be one.
    let _ = window().location().set_hash(fragment);
}

/// The address of the page with this fragment.
pub(crate) fn address_with(fragment: &str) -> String {
    let location = window().location();
    format!("{}{}#{fragment}", location.origin().unwrap_or_default(), location.pathname().unwrap_or_default())
}

/// The address of the page up to its last `/`, where its other files are.
pub(crate) fn page() -> String {
    let address = address_with("");
    address[..address.rfind('/').map_or(0, |end| end + 1)].to_owned()
}

/// Moves a key of the query into the fragment: `?step=fix#lesson/ttl` is `#lesson/ttl&step=fix`. So it is about that
/// fragment, and about no other to which somebody goes from there.
pub(crate) fn move_into_fragment(name: &str) {
    let (Some(value), Some(fragment)) = (query(name), fragment()) else { return };
    let location = window().location();
    let search = location.search().unwrap_or_default();
    let others = search.trim_start_matches('?').split('&').filter(|pair| pair.split('=').next() != Some(name));
    let others: Vec<&str> = others.collect();
    let search = if others.is_empty() { String::new() } else { format!("?{}", others.join("&")) };
    let address = format!("{}{search}#{fragment}&{name}={value}", location.pathname().unwrap_or_default());
    if let Ok(history) = window().history() {
        // A frame without an origin of its own stays as it is.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }
}

/// Whether the query names something: `?large`.
pub(crate) fn names(name: &str) -> bool {
    let search = window().location().search().unwrap_or_default();
    search.trim_start_matches('?').split('&').any(|pair| pair.split('=').next() == Some(name))
}

/// A value of the address's query: `?lang=zh-CN`.
pub(crate) fn query(name: &str) -> Option<String> {
    let search = window().location().search().ok()?;
    let pairs = search.trim_start_matches('?').split('&');
    pairs.filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}
