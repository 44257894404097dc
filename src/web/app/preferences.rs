//! Language, theme and speed: as the address says, else as last chosen, else as the browser prefers.

use crate::texts::Lang;
use crate::web::browser::{self, address, storage};
use crate::web::state::State;
use crate::web::state::action::{Speed, Theme};

/// Takes over what was chosen.
pub(crate) fn load(state: &mut State) {
    state.lang = preferred_lang();
    let theme = address::query("theme").or_else(|| storage::stored(storage::THEME_KEY));
    state.theme = match theme.as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    };
    let speed = storage::stored(storage::SPEED_KEY);
    let chosen = |known: &Speed| speed.as_deref() == Some(tag(*known).as_str());
    state.speed = Speed::ALL.into_iter().find(chosen).unwrap_or_default();
}

/// Keeps what was chosen.
pub(crate) fn keep(state: &State) {
    storage::store(storage::LANG_KEY, state.lang.tag());
    storage::store(storage::SPEED_KEY, &tag(state.speed));
    let theme = match state.theme {
        Theme::System => "system",
        Theme::Light => "light",
        Theme::Dark => "dark",
    };
    storage::store(storage::THEME_KEY, theme);
}

/// Language and theme are attributes of the whole document.
pub(crate) fn show(state: &State) {
    let Some(root) = browser::root() else { return };
    // Fails only for a name that is no name.
    let _ = root.set_attribute("lang", state.lang.tag());
    let _ = match state.theme {
        Theme::System => root.remove_attribute("data-theme"),
        Theme::Light => root.set_attribute("data-theme", "light"),
        Theme::Dark => root.set_attribute("data-theme", "dark"),
    };
}

/// Whether the page is dark now.
pub(crate) fn is_dark() -> bool {
    let chosen = browser::root().and_then(|root| root.get_attribute("data-theme"));
    chosen.map_or_else(|| browser::media("(prefers-color-scheme: dark)"), |theme| theme == "dark")
}

fn tag(speed: Speed) -> String {
    match speed {
        Speed::Beat => "beat".to_owned(),
        Speed::Times(times) => times.to_string(),
    }
}

/// From the address, else the last choice, else the browser's language.
fn preferred_lang() -> Lang {
    let wanted = address::query("lang")
        .or_else(|| storage::stored(storage::LANG_KEY))
        .or_else(|| web_sys::window().and_then(|window| window.navigator().language()));
    match wanted {
        Some(tag) if tag.starts_with("zh") => Lang::Zh,
        _ => Lang::En,
    }
}
