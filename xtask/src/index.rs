//! `index.html`, read as Trunk reads it: the `<link data-trunk …>` tags of the kinds that this project uses. Any other
//! kind is an error, so that both ways of building the page stay alike.

use crate::Failure;
use std::ops::Range;

/// A `<link data-trunk …>` tag: what to put in its place.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Asset {
    /// A style sheet.
    Css {
        /// Its path.
        href: String,
        /// Whether the first picture needs it.
        is_first: bool,
    },
    /// A folder that is copied as it is.
    CopyDir {
        /// Its path.
        href: String,
    },
    /// The page itself.
    Rust {
        /// The bin.
        bin: String,
        /// Features it is built with.
        features: String,
        /// The profile of a release build.
        release_profile: String,
        /// The level of wasm-opt in a release build.
        wasm_opt: String,
    },
}

/// The tags of a page with their places, in order.
pub(crate) fn assets(html: &str) -> Result<Vec<(Range<usize>, Asset)>, Failure> {
    let mut assets = Vec::new();
    let mut from = 0;
    while let Some(start) = html[from..].find("<link data-trunk").map(|at| from + at) {
        let end = html[start..].find('>').map(|at| start + at + 1).ok_or("index.html: a tag does not end")?;
        assets.push((start..end, asset(&html[start..end])?));
        from = end;
    }
    Ok(assets)
}

fn asset(tag: &str) -> Result<Asset, Failure> {
    let needed =
        |name: &str| attribute(tag, name).map(str::to_owned).ok_or_else(|| format!("index.html: no {name} in {tag}"));
    match attribute(tag, "rel") {
        Some("css") => Ok(Asset::Css { href: needed("href")?, is_first: tag.contains(" data-first ") }),
        Some("copy-dir") => Ok(Asset::CopyDir { href: needed("href")? }),
        Some("rust") => Ok(Asset::Rust {
            bin: needed("data-bin")?,
            features: needed("data-cargo-features")?,
            release_profile: needed("data-cargo-profile-release")?,
            wasm_opt: needed("data-wasm-opt")?,
        }),
        _ => Err(format!("index.html: `cargo xtask` does not know this kind of asset: {tag}").into()),
    }
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let value = tag.split_once(&format!(" {name}=\""))?.1;
    value.split_once('"').map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_assets_and_their_places() {
        let tag = "<link data-trunk data-first rel=\"css\" href=\"a.css\">";
        let html = format!("<p>\n{tag}\n<link rel=\"icon\" href=\"b\">");
        let found = assets(&html).unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].1, Asset::Css { href: "a.css".into(), is_first: true });
        assert_eq!(&html[found[0].0.clone()], tag);
    }

    #[test]
    fn an_unknown_kind_is_an_error_with_its_text() {
        let failure = assets("<link data-trunk rel=\"sass\" href=\"a.scss\">").unwrap_err();
        assert!(failure.to_string().contains("rel=\"sass\""), "{failure}");
    }
}
