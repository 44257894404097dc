//! Names of images: `busybox`, `ghcr.io/acme/app:1.0`, `app@sha256:…`. Upstream: github.com/distribution/reference.

/// The registry of names without one.
const DEFAULT_HOST: &str = "docker.io";

/// The name of an image, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImageName<'n> {
    /// The registry, if one is named.
    host: Option<&'n str>,
    /// Everything between registry and tag.
    path: &'n str,
    tag: Option<&'n str>,
    digest: Option<&'n str>,
}

/// Why a text is no name of an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameError<'n> {
    /// The repository has capital letters: its path.
    Uppercase(&'n str),
    /// Anything else.
    Format,
}

impl<'n> ImageName<'n> {
    /// Takes a name apart.
    ///
    /// # Errors
    /// [`NameError`], if it is none.
    pub fn parse(text: &'n str) -> Result<ImageName<'n>, NameError<'n>> {
        let (rest, digest) = match text.split_once('@') {
            Some((rest, digest)) => (rest, Some(digest)),
            None => (text, None),
        };
        let (name, tag) = match rest.rsplit_once(':') {
            Some((name, tag)) if !tag.contains('/') => (name, Some(tag)),
            _ => (rest, None),
        };
        let (host, path) = match name.split_once('/') {
            Some((first, path)) if is_host(first) => (Some(first), path),
            _ => (None, name),
        };
        let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
        let is_tag = |tag: &str| {
            tag.len() <= 128
                && tag.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
                && tag.chars().all(is_word)
        };
        let is_digest = |digest: &str| {
            let hex = digest.split_once(':').map(|(_, hex)| hex).unwrap_or_default();
            hex.len() >= 32 && hex.bytes().all(|byte| byte.is_ascii_hexdigit())
        };
        if path.chars().any(|c| c.is_ascii_uppercase()) {
            return Err(NameError::Uppercase(path));
        }
        let is_valid = !path.is_empty()
            && path.split('/').all(is_component)
            && tag.is_none_or(is_tag)
            && digest.is_none_or(is_digest);
        if is_valid { Ok(ImageName { host, path, tag, digest }) } else { Err(NameError::Format) }
    }

    /// The registry.
    pub fn host(&self) -> &'n str {
        self.host.unwrap_or(DEFAULT_HOST)
    }

    /// Without the default tag: `busybox`.
    pub fn short(&self) -> String {
        let host = self.host.map(|host| format!("{host}/")).unwrap_or_default();
        let tag = self.tag.filter(|tag| *tag != "latest" || self.digest.is_some());
        let tag = tag.map(|tag| format!(":{tag}")).unwrap_or_default();
        format!("{host}{}{tag}{}", self.path, self.digest_suffix())
    }

    /// With the default tag: `busybox:latest`.
    pub fn tagged(&self) -> String {
        let host = self.host.map(|host| format!("{host}/")).unwrap_or_default();
        format!("{host}{}{}{}", self.path, self.tag_suffix(), self.digest_suffix())
    }

    /// With registry and tag: `docker.io/library/busybox:latest`.
    pub fn full(&self) -> String {
        format!("{}{}{}", self.repository(), self.tag_suffix(), self.digest_suffix())
    }

    /// `sha256:…`, if it is named by one.
    pub fn digest(&self) -> Option<&'n str> {
        self.digest
    }

    /// With the registry, without a tag: `docker.io/library/busybox`.
    pub fn repository(&self) -> String {
        let library = if self.host() == DEFAULT_HOST && !self.path.contains('/') { "library/" } else { "" };
        format!("{}/{library}{}", self.host(), self.path)
    }

    fn tag_suffix(&self) -> String {
        match (self.tag, self.digest) {
            (Some(tag), _) => format!(":{tag}"),
            (None, Some(_)) => String::new(),
            (None, None) => ":latest".to_owned(),
        }
    }

    fn digest_suffix(&self) -> String {
        self.digest.map(|digest| format!("@{digest}")).unwrap_or_default()
    }
}

fn is_host(text: &str) -> bool {
    text.contains(['.', ':']) || text == "localhost" || text.chars().any(|c| c.is_ascii_uppercase())
}

/// Lower-case letters and digits, with single dots, one or two underscores, or dashes between them.
fn is_component(text: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    text.starts_with(is_plain)
        && text.ends_with(is_plain)
        && text.chars().all(|c| is_plain(c) || matches!(c, '.' | '_' | '-'))
        && !text.contains("..")
        && !text.contains("___")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_full() {
        for (text, full) in [
            ("busybox", "docker.io/library/busybox:latest"),
            ("busybox:1.36", "docker.io/library/busybox:1.36"),
            ("acme/app", "docker.io/acme/app:latest"),
            ("ghcr.io/acme/app:1.0", "ghcr.io/acme/app:1.0"),
            ("localhost:5000/app", "localhost:5000/app:latest"),
            ("docker.io/busybox", "docker.io/library/busybox:latest"),
        ] {
            assert_eq!(ImageName::parse(text).map(|name| name.full()), Ok(full.to_owned()), "{text}");
        }
    }

    #[test]
    fn no_names() {
        assert_eq!(ImageName::parse("Busybox:1.36"), Err(NameError::Uppercase("Busybox")));
        for text in ["", "a b", "busybox:", "busybox:-x", "-app", "app..x", "app@sha256:1"] {
            assert_eq!(ImageName::parse(text), Err(NameError::Format), "{text}");
        }
    }
}
