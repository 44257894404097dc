//! Language, theme and speed: as the address says, else as last chosen, else as the browser prefers.

use super::action::{Speed, Theme};
use super::browser;
use super::state::State;

/// Takes over what was chosen.
pub(super) fn load(state: &mut State) {
    state.lang = browser::preferred_lang();
    let theme = browser::query("theme").or_else(|| browser::stored(browser::THEME_KEY));
    state.theme = match theme.as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    };
    let speed = browser::stored(browser::SPEED_KEY);
    let chosen = |known: &Speed| speed.as_deref() == Some(tag(*known).as_str());
    state.speed = Speed::ALL.into_iter().find(chosen).unwrap_or_default();
}

/// Keeps what was chosen.
pub(super) fn keep(state: &State) {
    browser::store(browser::LANG_KEY, state.lang.tag());
    browser::store(browser::SPEED_KEY, &tag(state.speed));
    let theme = match state.theme {
        Theme::System => "system",
        Theme::Light => "light",
        Theme::Dark => "dark",
    };
    browser::store(browser::THEME_KEY, theme);
}

/// Language and theme are attributes of the whole document.
pub(super) fn show(state: &State) {
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
pub(super) fn is_dark() -> bool {
    let chosen = browser::root().and_then(|root| root.get_attribute("data-theme"));
    chosen.map_or_else(|| browser::media("(prefers-color-scheme: dark)"), |theme| theme == "dark")
}

fn tag(speed: Speed) -> String {
    match speed {
        Speed::Beat => "beat".to_owned(),
        Speed::Times(times) => times.to_string(),
    }
}
