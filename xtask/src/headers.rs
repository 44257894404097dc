//! What a server is to send with the files of the page. The local server does; for hosts that read a file `_headers`
//! (Netlify, Cloudflare Pages) it is written down. GitHub Pages sends the first by itself.

use crate::page::CONTENT_SECURITY_POLICY;
use crate::{Failure, embed, files};
use std::path::Path;

/// A frame without an origin of its own (`sandbox="allow-scripts"`) may load the page, and pages of others its player.
pub(crate) const ANY_ORIGIN: &str = "Access-Control-Allow-Origin: *";

/// The file.
pub(crate) const NAME: &str = "_headers";

/// Of the versions of the player that a site may have beside its page: they stay as they are.
pub(crate) const OF_VERSIONS: &str = "/embed/*\n  Cache-Control: public, max-age=31536000, immutable\n";

/// How a policy stands in a page.
const POLICY_TAG: [&str; 2] = ["<meta http-equiv=\"Content-Security-Policy\" content=\"", "\">"];

/// The policy stands behind it: before anything is loaded.
const CHARSET: &str = "<meta charset=\"utf-8\">";

/// A page that carries a policy.
pub(crate) fn with_policy(html: &str, policy: &str) -> String {
    let [open, close] = POLICY_TAG;
    html.replacen(CHARSET, &format!("{CHARSET}\n{open}{policy}{close}"), 1)
}

/// The policy to be sent with a file: the one that it carries, or else that of the page.
pub(crate) fn policy_of(content: &[u8]) -> &str {
    let carried = || {
        let (_, from) = std::str::from_utf8(content).ok()?.split_once(POLICY_TAG[0])?;
        from.split_once(POLICY_TAG[1]).map(|(policy, _)| policy)
    };
    carried().unwrap_or(CONTENT_SECURITY_POLICY)
}

/// Writes the file for a page that is complete.
pub(crate) fn write(page: &Path) -> Result<(), Failure> {
    let mut lines = format!("/*\n  {ANY_ORIGIN}\n");
    for (address, name) in [("", "index.html"), ("index.html", "index.html"), (embed::PAGE, embed::PAGE)] {
        let content = files::read(&page.join(name))?;
        lines += &format!("/{address}\n  Content-Security-Policy: {}\n", policy_of(&content));
    }
    files::write(&page.join(NAME), lines + OF_VERSIONS)
}
