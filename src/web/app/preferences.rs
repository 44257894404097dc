//! Language, theme, speed, panes, what is read out and how rows stand: as the address says, else as last chosen, else as the
//! browser prefers.

use crate::texts::Lang;
use crate::timeline::nodes::RowsBy;
use crate::timeline::sorted::RowOrder;
use crate::web::browser::{self, address, storage};
use crate::web::state::panes::Panes;
use crate::web::state::preferences::{Preferences, Speed, Theme, Voice};

/// Kept where single keys act on the timeline only.
const KEYS_OF_TIMELINE: &str = "timeline";

/// What was chosen.
pub(super) fn load() -> Preferences {
    let theme = address::query("theme").or_else(|| storage::stored(storage::THEME_KEY));
    let rows = address::query("rows").or_else(|| storage::stored(storage::ROWS_KEY));
    Preferences {
        lang: lang(),
        theme: kept(theme, &Theme::ALL, theme_tag),
        speed: kept(storage::stored(storage::SPEED_KEY), &Speed::ALL, speed_tag),
        voice: kept(storage::stored(storage::VOICE_KEY), &Voice::ALL, Voice::tag),
        panes: storage::stored(storage::PANES_KEY).map(|kept| Panes::read(&kept)).unwrap_or_default(),
        order: kept(storage::stored(storage::ORDER_KEY), &RowOrder::ALL, order_tag),
        rows: kept(rows, &RowsBy::ALL, rows_tag),
        has_free_keys: storage::stored(storage::KEYS_KEY).as_deref() != Some(KEYS_OF_TIMELINE),
    }
}

/// Which of all this tag stands for.
fn kept<T: Copy + Default, S: AsRef<str>>(stored: Option<String>, all: &[T], tag: fn(T) -> S) -> T {
    let known = all.iter().find(|known| stored.as_deref() == Some(tag(**known).as_ref()));
    known.copied().unwrap_or_default()
}

pub(in crate::web) fn lang() -> Lang {
    let wanted = address::query("lang").or_else(|| storage::stored(storage::LANG_KEY)).or_else(browser::language);
    wanted.map_or(Lang::En, |tag| Lang::of(&tag))
}

/// Stores what was chosen.
pub(super) fn keep(preferences: Preferences) {
    storage::store(storage::LANG_KEY, preferences.lang.tag());
    storage::store(storage::SPEED_KEY, &speed_tag(preferences.speed));
    storage::store(storage::VOICE_KEY, preferences.voice.tag());
    storage::store(storage::PANES_KEY, &preferences.panes.kept());
    storage::store(storage::ORDER_KEY, order_tag(preferences.order));
    storage::store(storage::ROWS_KEY, rows_tag(preferences.rows));
    storage::store(storage::THEME_KEY, theme_tag(preferences.theme));
    storage::store(storage::KEYS_KEY, if preferences.has_free_keys { "everywhere" } else { KEYS_OF_TIMELINE });
}

/// Language, theme and size are attributes of the whole document.
pub(super) fn show(preferences: Preferences) {
    let Some(root) = browser::root() else { return };
    // Fails only for an invalid name.
    let _ = root.set_attribute("lang", preferences.lang.tag());
    if address::names("large") {
        let _ = root.set_attribute("data-large", "");
    }
    let _ = match preferences.theme {
        Theme::System => root.remove_attribute("data-theme"),
        theme @ (Theme::Light | Theme::Dark) => root.set_attribute("data-theme", theme_tag(theme)),
    };
}

fn theme_tag(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "system",
        Theme::Light => "light",
        Theme::Dark => "dark",
    }
}

fn speed_tag(speed: Speed) -> String {
    match speed {
        Speed::Beat => "beat".to_owned(),
        Speed::Times(times) => times.to_string(),
    }
}

fn order_tag(order: RowOrder) -> &'static str {
    match order {
        RowOrder::Creation => "creation",
        RowOrder::Index => "index",
        RowOrder::Outcome => "outcome",
    }
}

fn rows_tag(rows: RowsBy) -> &'static str {
    match rows {
        RowsBy::Pod => "pod",
        RowsBy::Node => "node",
    }
}
