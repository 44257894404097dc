//! The style of a poster: the rules of `poster.css` with the colours of the page's `tokens.css` in them, so that a poster
//! needs neither custom properties nor anything beside it.

const TOKENS: &str = include_str!("../web/style/tokens.css");
const RULES: &str = include_str!("poster.css");

/// The colours of a poster.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Those of the page that shows it, by `light-dark()`.
    #[default]
    Auto,
    /// Light, in colours that every program knows.
    Light,
    /// Dark, likewise.
    Dark,
    /// Light, on white.
    Print,
    /// Without colours.
    Mono,
}

/// The style sheet of a poster.
pub(super) fn sheet(theme: Theme) -> String {
    let rules: String = RULES.lines().filter(|line| !line.starts_with("/*")).collect();
    let mut pieces = rules.split("var(--");
    let mut sheet = pieces.next().unwrap_or_default().to_owned();
    if theme == Theme::Auto {
        sheet.insert_str(0, "svg{color-scheme:light dark}");
    }
    for (name, rest) in pieces.filter_map(|piece| piece.split_once(')')) {
        sheet.push_str(&value(name, theme));
        sheet.push_str(rest);
    }
    sheet
}

/// A colour in a theme.
pub(super) fn value(name: &str, theme: Theme) -> String {
    let Some((light, dark)) = colour(name) else { return "currentColor".to_owned() };
    match theme {
        Theme::Auto => format!("light-dark({light},{dark})"),
        Theme::Light => light.to_owned(),
        Theme::Dark => dark.to_owned(),
        Theme::Print if matches!(name, "well" | "sheet") => "#FFF".to_owned(),
        Theme::Print => light.to_owned(),
        Theme::Mono => match name {
            // As light as they are, these would look the same.
            "running" => "#737373".to_owned(),
            "succeeded" => "#2B2B2B".to_owned(),
            _ => grey(light),
        },
    }
}

/// The two values of a colour of the page.
fn colour(name: &str) -> Option<(&'static str, &'static str)> {
    let (_, rest) = TOKENS.split_once(&format!("--{name}:"))?;
    let (light, rest) = rest.trim_start().strip_prefix("light-dark(")?.split_once(',')?;
    let (dark, _) = rest.split_once(')')?;
    Some((light.trim(), dark.trim()))
}

/// The grey that is as light as a colour.
fn grey(colour: &str) -> String {
    let part = |from: usize| colour.get(from..from + 2).and_then(|hex| u32::from_str_radix(hex, 16).ok()).unwrap_or(0);
    let light = (part(1) * 299 + part(3) * 587 + part(5) * 114) / 1000;
    format!("#{light:02X}{light:02X}{light:02X}")
}
