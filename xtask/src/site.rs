//! What others are told about the pages: searchers, and those that show a card for a link. Whole addresses are only known
//! where somebody says at which the site will be: `cargo xtask build --site https://example.org/job-playground/`.

use crate::still::escaped;
use crate::{Failure, example_pages, files};
use job_playground::texts::Lang;
use std::path::Path;

/// The picture of a card: `xtask/src/pictures.rs` makes it.
pub(crate) const CARD: &str = "static/open-graph.png";

/// At which address the page will be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Site {
    /// With a slash at its end; nothing if that is not known.
    address: Option<String>,
}

impl Site {
    /// What was said on the command line or in `SITE`.
    pub(crate) fn at(said: Option<&str>) -> Result<Site, Failure> {
        let kept = std::env::var("SITE").ok().filter(|kept| !kept.is_empty());
        let Some(address) = said.map(str::to_owned).or(kept) else { return Ok(Site::default()) };
        let is_whole = address.starts_with("https://") || address.starts_with("http://");
        if !is_whole || address.contains(['#', '?', '"', '<', ' ']) {
            return Err(
                format!("a site has an address such as https://example.org/job-playground/, not `{address}`").into()
            );
        }
        Ok(Site { address: Some(format!("{}/", address.trim_end_matches('/'))) })
    }
}

/// What stands in the head of a page. `below`: what stands behind its address for a language. `up`: from it to the root.
pub(crate) fn head(
    site: &Site,
    lang: Lang,
    address: &str,
    below: fn(Lang) -> &'static str,
    title: &str,
    about: &str,
    up: &str,
) -> String {
    let (title, about) = (escaped(title), escaped(about));
    let mut out = format!("<title>{title}</title>\n<meta name=\"description\" content=\"{about}\">\n");
    if let Some(root) = &site.address {
        out += &format!("<link rel=\"canonical\" href=\"{root}{address}{}\">\n", below(lang));
        for other in Lang::ALL {
            out += &alternate(&format!("{root}{address}{}", below(other)), other.tag());
        }
        out += &alternate(&format!("{root}{address}"), "x-default");
        out += &format!("<meta property=\"og:url\" content=\"{root}{address}{}\">\n", below(lang));
    }
    let root = site.address.as_deref().unwrap_or(up);
    out += &format!(
        "<meta property=\"og:type\" content=\"website\">\n<meta property=\"og:title\" content=\"{title}\">\n\
         <meta property=\"og:description\" content=\"{about}\">\n<meta property=\"og:image\" content=\"{root}{CARD}\">\n\
         <meta property=\"og:image:width\" content=\"1200\">\n<meta property=\"og:image:height\" content=\"630\">\n\
         <meta name=\"twitter:card\" content=\"summary_large_image\">\n"
    );
    out
}

fn alternate(href: &str, tag: &str) -> String {
    format!("<link rel=\"alternate\" hreflang=\"{tag}\" href=\"{href}\">\n")
}

/// Of the page itself: one address for all languages, `?lang` for each.
pub(crate) fn of_the_page(site: &Site) -> String {
    let words = Lang::En.page();
    fn query(lang: Lang) -> &'static str {
        match lang {
            Lang::En => "",
            Lang::Zh => "?lang=zh-CN",
        }
    }
    head(site, Lang::En, "", query, words.product, words.purpose, "")
}

/// For searchers: that all may be read, and where it is.
pub(crate) fn write(site: &Site, next: &Path) -> Result<(), Failure> {
    let mut robots = "User-agent: *\nAllow: /\n".to_owned();
    if let Some(root) = &site.address {
        robots += &format!("Sitemap: {root}sitemap.xml\n");
        files::write(&next.join("sitemap.xml"), sitemap(root))?;
    }
    files::write(&next.join("robots.txt"), robots)
}

fn sitemap(root: &str) -> String {
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
        <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
        .to_owned();
    let pages = example_pages::addresses();
    let each =
        pages.iter().flat_map(|address| Lang::ALL.map(|lang| format!("{address}{}", example_pages::below(lang))));
    for address in [String::new()].into_iter().chain(each) {
        out += &format!("<url><loc>{}</loc></url>\n", escaped(&format!("{root}{address}")));
    }
    out + "</urlset>\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_an_address_nothing_claims_to_know_it() {
        let head = of_the_page(&Site::default());
        assert!(!head.contains("canonical") && !head.contains("hreflang") && !head.contains("http"), "{head}");
        assert!(head.contains("og:title") && head.contains(CARD), "{head}");
    }

    #[test]
    fn with_one_all_addresses_are_whole() {
        let site = Site::at(Some("https://example.org/jobs")).unwrap();
        let head = of_the_page(&site);
        for expected in [
            "rel=\"canonical\" href=\"https://example.org/jobs/\"",
            "hreflang=\"zh-CN\" href=\"https://example.org/jobs/?lang=zh-CN\"",
            "hreflang=\"x-default\"",
            "content=\"https://example.org/jobs/static/open-graph.png\"",
        ] {
            assert!(head.contains(expected), "{expected}: {head}");
        }
        let map = sitemap("https://example.org/jobs/");
        assert!(map.contains("<loc>https://example.org/jobs/examples/pi/zh/</loc>"), "{map}");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for said in ["example.org", "https://a b", "https://a/?b", "https://a/#b"] {
            assert!(Site::at(Some(said)).is_err(), "{said}");
        }
    }
}
