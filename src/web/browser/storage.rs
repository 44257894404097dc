//! The browser's storage: what is kept from one visit to the next, and what a tab remembers.

use super::window;
use crate::web::keeping::store::{Store, StoreError};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Storage;

pub(crate) const LANG_KEY: &str = "job-playground.lang";
/// Read by `static/boot.js` before the first paint, too.
pub(crate) const THEME_KEY: &str = "job-playground.theme";
pub(crate) const SPEED_KEY: &str = "job-playground.speed";
pub(crate) const VOICE_KEY: &str = "job-playground.voice";
pub(crate) const PANES_KEY: &str = "job-playground.panes";
pub(crate) const ORDER_KEY: &str = "job-playground.order";
pub(crate) const ROWS_KEY: &str = "job-playground.rows";
pub(crate) const CONSOLE_KEY: &str = "job-playground.console";
pub(crate) const KEYS_KEY: &str = "job-playground.keys";

/// One of the browser's storages. It is asked for anew each time: permission may come and go.
pub(crate) enum BrowserStore {
    /// From one visit to the next, for all tabs.
    Local,
    /// For the life of this tab.
    Tab,
}

impl BrowserStore {
    fn storage(&self) -> Result<Storage, StoreError> {
        let storage = match self {
            BrowserStore::Local => window().local_storage(),
            BrowserStore::Tab => window().session_storage(),
        };
        storage.ok().flatten().ok_or(StoreError::Denied)
    }
}

/// By the name of what was thrown.
fn error(thrown: JsValue) -> StoreError {
    match thrown.dyn_ref::<web_sys::DomException>().map(web_sys::DomException::name).as_deref() {
        Some("QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED") => StoreError::Full,
        Some("SecurityError") => StoreError::Denied,
        _ => StoreError::Broken,
    }
}

impl Store for BrowserStore {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.storage()?.get_item(key).map_err(error)
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.storage()?.set_item(key, value).map_err(error)
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.storage()?.remove_item(key).map_err(error)
    }

    fn keys(&self) -> Result<Vec<String>, StoreError> {
        let storage = self.storage()?;
        let count = storage.length().map_err(error)?;
        let keys = (0..count).map(|number| storage.key(number).map_err(error));
        Ok(keys.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }
}

/// What is kept under a key.
pub(crate) fn stored(key: &str) -> Option<String> {
    BrowserStore::Local.get(key).ok().flatten()
}

/// Keeps a preference. If storage is full or forbidden it holds for this visit only.
pub(crate) fn store(key: &str, value: &str) {
    let _ = BrowserStore::Local.set(key, value);
}
