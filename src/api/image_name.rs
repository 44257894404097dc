//! Names of images: `busybox`, `ghcr.io/acme/app:1.0`, `app@sha256:…`. The API server reads the tag of one, a node all of
//! it. Upstream: github.com/distribution/reference, ParseNormalizedNamed.

use std::fmt;

/// The registry of names without one, and its older name.
const DEFAULT_HOST: &str = "docker.io";
const LEGACY_HOST: &str = "index.docker.io";
/// Where the images are that the default registry has under one word.
const LIBRARY: &str = "library/";
/// The most that a path may have, in bytes.
const LONGEST_PATH: usize = 255;
/// Algorithms of digests, and how many digits each has.
const DIGESTS: [(&str, usize); 3] = [("sha256", 64), ("sha384", 96), ("sha512", 128)];

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

/// Why a text is no name of an image, in the words of the node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImageNameError {
    /// It would be the ID of an image.
    Identifier(String),
    /// The repository has capital letters.
    Uppercase(String),
    /// Capital letters in what is no registry either.
    UppercaseHost,
    /// Its parts are not put together as they must be.
    Format,
    /// The path is too long.
    TooLong,
    /// The digest is of no known algorithm.
    DigestAlgorithm,
    /// The digest has too few digits, or too many.
    DigestLength,
    /// The digest has something else than digits and small letters up to f.
    DigestFormat,
}

impl fmt::Display for ImageNameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ImageNameError::Identifier(name) => {
                write!(f, "invalid repository name ({name}), cannot specify 64-byte hexadecimal strings")
            }
            ImageNameError::Uppercase(name) => {
                write!(f, "invalid reference format: repository name ({name}) must be lowercase")
            }
            ImageNameError::UppercaseHost => f.write_str("repository name must be lowercase"),
            ImageNameError::Format => f.write_str("invalid reference format"),
            ImageNameError::TooLong => write!(f, "repository name must not be more than {LONGEST_PATH} characters"),
            ImageNameError::DigestAlgorithm => f.write_str("unsupported digest algorithm"),
            ImageNameError::DigestLength => f.write_str("invalid checksum digest length"),
            ImageNameError::DigestFormat => f.write_str("invalid checksum digest format"),
        }
    }
}

impl<'n> ImageName<'n> {
    /// Takes a name apart.
    ///
    /// # Errors
    /// [`ImageNameError`], if it is none.
    pub fn parse(text: &'n str) -> Result<ImageName<'n>, ImageNameError> {
        if text.len() == 64 && text.bytes().all(is_hex) {
            return Err(ImageNameError::Identifier(text.to_owned()));
        }
        let (host, rest) = match text.split_once('/') {
            Some((first, rest)) if is_registry(first) => (Some(first), rest),
            _ => (None, text),
        };
        let library = library(host, rest);
        let remote = rest.split(':').next().unwrap_or_default();
        if remote.to_lowercase() != remote {
            return Err(ImageNameError::Uppercase(format!("{library}{remote}")));
        }
        let (rest, digest) = match rest.split_once('@') {
            Some((rest, digest)) => (rest, Some(digest)),
            None => (rest, None),
        };
        let (path, tag) = match rest.split_once(':') {
            Some((path, tag)) => (path, Some(tag)),
            None => (rest, None),
        };
        if !path.split('/').all(is_component) || !tag.is_none_or(is_tag) || !digest.is_none_or(is_digest) {
            return Err(ImageNameError::Format);
        }
        // What looks like a registry and cannot be one may be the beginning of the path.
        let before = match host {
            Some(host) if is_domain(host) => 0,
            Some(host) if is_component(host) => host.len() + 1,
            Some(host) if is_component(&host.to_lowercase()) => return Err(ImageNameError::UppercaseHost),
            Some(_) => return Err(ImageNameError::Format),
            None => library.len(),
        };
        if before + path.len() > LONGEST_PATH {
            return Err(ImageNameError::TooLong);
        }
        digest.map_or(Ok(()), check_digest)?;
        Ok(ImageName { host, path, tag, digest })
    }

    /// The registry.
    pub fn host(&self) -> &'n str {
        self.host.filter(|host| *host != LEGACY_HOST).unwrap_or(DEFAULT_HOST)
    }

    /// Without the default tag: `busybox`.
    pub fn short(&self) -> String {
        let tag = self.tag.filter(|tag| *tag != "latest" || self.digest.is_some());
        let tag = tag.map(|tag| format!(":{tag}")).unwrap_or_default();
        format!("{}{}{tag}{}", self.written_host(), self.path, self.digest_suffix())
    }

    /// With the default tag: `busybox:latest`.
    pub fn tagged(&self) -> String {
        format!("{}{}{}{}", self.written_host(), self.path, self.tag_suffix(), self.digest_suffix())
    }

    /// With registry and tag: `docker.io/library/busybox:latest`.
    pub fn full(&self) -> String {
        format!("{}{}{}", self.repository(), self.tag_suffix(), self.digest_suffix())
    }

    /// With the registry, without a tag: `docker.io/library/busybox`.
    pub fn repository(&self) -> String {
        format!("{}/{}{}", self.host(), library(self.host, self.path), self.path)
    }

    /// `sha256:…`, if it is named by one.
    pub fn digest(&self) -> Option<&'n str> {
        self.digest
    }

    /// Whether it has neither a tag nor a digest.
    pub fn is_untagged(&self) -> bool {
        self.tag.is_none() && self.digest.is_none()
    }

    /// Whether its tag is `latest`, written or implied.
    pub fn is_latest(&self) -> bool {
        self.is_untagged() || self.tag == Some("latest")
    }

    fn written_host(&self) -> String {
        self.host.map(|host| format!("{host}/")).unwrap_or_default()
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

/// Whether the first part of a name is meant as a registry. Upstream: splitDockerDomain.
fn is_registry(first: &str) -> bool {
    first.contains(['.', ':']) || first == "localhost" || first.to_lowercase() != first
}

/// What a path of one word in the default registry begins with.
fn library(host: Option<&str>, path: &str) -> &'static str {
    let is_default = host.is_none_or(|host| host == DEFAULT_HOST || host == LEGACY_HOST);
    if is_default && !path.contains('/') { LIBRARY } else { "" }
}

fn is_hex(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'f')
}

/// `registry.example.com:5000`, `[2001:db8::1]:5000`.
fn is_domain(host: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let is_port = |port: &str| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    if let Some((address, port)) = host.strip_prefix('[').and_then(|host| host.split_once(']')) {
        let is_address = |byte: u8| byte.is_ascii_hexdigit() || byte == b':';
        return !address.is_empty()
            && address.bytes().all(is_address)
            && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port));
    }
    let (name, port) = host.split_once(':').map_or((host, None), |(name, port)| (name, Some(port)));
    name.split('.').all(is_label) && port.is_none_or(is_port)
}

/// Lower-case letters and digits, joined by `.`, `_`, `__` or any number of `-`.
fn is_component(component: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let is_separator = |text: &str| matches!(text, "" | "." | "_" | "__") || text.bytes().all(|byte| byte == b'-');
    component.starts_with(is_plain) && component.ends_with(is_plain) && component.split(is_plain).all(is_separator)
}

fn is_tag(tag: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    tag.len() <= 128
        && tag.bytes().next().is_some_and(is_word)
        && tag.bytes().all(|byte| is_word(byte) || matches!(byte, b'.' | b'-'))
}

/// Whether it has the form of a digest: `sha256:…`, `sha256+b64:…`.
fn is_digest(digest: &str) -> bool {
    let is_word = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_alphabetic()) && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    digest.split_once(':').is_some_and(|(algorithm, digits)| {
        algorithm.split(['-', '_', '+', '.']).all(is_word)
            && digits.len() >= 32
            && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

/// Upstream: github.com/opencontainers/go-digest, Digest.Validate.
fn check_digest(digest: &str) -> Result<(), ImageNameError> {
    let (algorithm, digits) = digest.split_once(':').unwrap_or_default();
    let known = DIGESTS.iter().find(|(name, _)| *name == algorithm);
    let Some((_, length)) = known else {
        let is_plain = algorithm.bytes().all(|byte| !byte.is_ascii_uppercase());
        return Err(if is_plain { ImageNameError::DigestAlgorithm } else { ImageNameError::DigestFormat });
    };
    if digits.len() != *length {
        return Err(ImageNameError::DigestLength);
    }
    if digits.bytes().all(is_hex) { Ok(()) } else { Err(ImageNameError::DigestFormat) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHA: &str = "@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    #[test]
    fn names_in_full() {
        for (text, full) in [
            ("busybox", "docker.io/library/busybox:latest"),
            ("busybox:1.36", "docker.io/library/busybox:1.36"),
            ("acme/app", "docker.io/acme/app:latest"),
            ("ghcr.io/acme/app:1.0", "ghcr.io/acme/app:1.0"),
            ("localhost/app", "localhost/app:latest"),
            ("localhost:5000/app", "localhost:5000/app:latest"),
            ("[2001:db8::1]:5000/app:1", "[2001:db8::1]:5000/app:1"),
            ("[::1]/app", "[::1]/app:latest"),
            ("Registry.example.com/app", "Registry.example.com/app:latest"),
            ("ACME/app", "ACME/app:latest"),
            ("docker.io/busybox", "docker.io/library/busybox:latest"),
            ("index.docker.io/busybox", "docker.io/library/busybox:latest"),
            ("a--b/c__d/e.f", "docker.io/a--b/c__d/e.f:latest"),
            // No registry, but a path.
            ("under_scores.example.com/a", "under_scores.example.com/a:latest"),
        ] {
            assert_eq!(ImageName::parse(text).map(|name| name.full()), Ok(full.to_owned()), "{text}");
        }
    }

    #[test]
    fn no_names() {
        let long = "a".repeat(LONGEST_PATH - LIBRARY.len() + 1);
        let id = SHA.trim_start_matches("@sha256:");
        for (text, words) in [
            ("Busybox:1.36", "invalid reference format: repository name (library/Busybox) must be lowercase"),
            ("acme/App", "invalid reference format: repository name (acme/App) must be lowercase"),
            ("ghcr.io/App:1", "invalid reference format: repository name (App) must be lowercase"),
            ("docker.io/App", "invalid reference format: repository name (library/App) must be lowercase"),
            ("under_Scores.example.com/a", "repository name must be lowercase"),
            (&long, "repository name must not be more than 255 characters"),
            (&format!("a/{long}{long}"), "repository name must not be more than 255 characters"),
            (id, &format!("invalid repository name ({id}), cannot specify 64-byte hexadecimal strings")),
            (&format!("app{}", SHA.replace("256", "255")), "unsupported digest algorithm"),
            (&format!("app{SHA}0"), "invalid checksum digest length"),
            (&format!("app{}", SHA.replace("a", "A").replace("shA", "sha")), "invalid checksum digest format"),
        ] {
            assert_eq!(ImageName::parse(text).map_err(|error| error.to_string()), Err(words.to_owned()), "{text}");
        }
        for text in [
            "",
            " busybox",
            "a b",
            "busy box:1",
            "busybox:",
            "busybox:-x",
            "-app",
            "app-",
            "app..x",
            "app___x",
            "app.-x",
            "app@sha256:1",
            "app@",
            "bus|ybox",
            "a//b",
            "/a",
            "a/",
            "[::1]",
            "[]/a",
            "[::1]5000/a",
            "a.b:/c",
            "-a.b/c",
            "a/b:1/c",
            "{{ .values.image }}",
            "镜像",
            "ghcr.io/镜像",
        ] {
            assert_eq!(ImageName::parse(text), Err(ImageNameError::Format), "{text}");
        }
    }

    #[test]
    fn latest_written_or_implied() {
        for (text, latest) in [
            ("busybox", true),
            ("busybox:latest", true),
            ("localhost:5000/team/app", true),
            ("busybox:1.36", false),
            (&format!("busybox{SHA}"), false),
            (&format!("busybox:latest{SHA}"), true),
        ] {
            assert_eq!(ImageName::parse(text).map(|name| name.is_latest()), Ok(latest), "{text}");
        }
    }
}
