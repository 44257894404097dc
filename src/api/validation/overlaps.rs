//! Warnings of files in one volume that lie over one another.

use super::at::At;
use crate::api::go_text::quoted;

/// A file and the source it comes from, where there are several.
#[derive(Clone, PartialEq)]
struct File {
    path: String,
    source: String,
}

impl File {
    fn new(path: &str, source: &str) -> File {
        File { path: path.trim_end_matches('/').to_owned(), source: source.to_owned() }
    }

    fn text(&self) -> String {
        let path = quoted(&self.path);
        if self.source.is_empty() { path } else { format!("{path} ({})", self.source) }
    }

    fn overlaps(&self, other: &File) -> bool {
        let within = |inner: &str, outer: &str| format!("{inner}/").starts_with(&format!("{outer}/"));
        !self.path.is_empty()
            && !other.path.is_empty()
            && (within(&self.path, &other.path) || within(&other.path, &self.path))
    }
}

/// One line for each pair.
pub(super) fn of_volumes(volumes: &At<'_>) -> Vec<String> {
    let mut warnings = Vec::new();
    for volume in volumes.items() {
        let name = quoted(volume.get("name").text());
        let config_map = volume.get("configMap");
        let secret = volume.get("secret");
        let described = [
            (&config_map, format!("ConfigMap {}", quoted(config_map.get("name").text()))),
            (&secret, format!("Secret {}", quoted(secret.get("secretName").text()))),
            (&volume.get("downwardAPI"), "DownwardAPI".to_owned()),
        ];
        for (source, description) in described {
            let mut known = Vec::new();
            add_all(&name, &description, items(source, ""), &mut known, &mut warnings);
        }
        let mut known = Vec::new();
        for source in volume.at(&["projected", "sources"]).items() {
            if source.is_empty() {
                warnings.push(format!("volume {name} (Projected) has no sources provided"));
                continue;
            }
            add_all(&name, "Projected", projected(&source), &mut known, &mut warnings);
        }
    }
    warnings
}

fn items(source: &At<'_>, called: &str) -> Vec<File> {
    source.get("items").items().map(|item| File::new(item.get("path").text(), called)).collect()
}

fn projected(source: &At<'_>) -> Vec<File> {
    for (kind, called) in [("configMap", "ConfigMap"), ("secret", "Secret")] {
        let at = source.get(kind);
        if at.get("items").is_set() {
            return items(&at, &format!("{called} {}", quoted(at.get("name").text())));
        }
    }
    let (downward, token) = (source.get("downwardAPI"), source.get("serviceAccountToken"));
    if downward.get("items").is_set() {
        return items(&downward, "DownwardAPI");
    }
    if token.is_set() {
        return vec![File::new(token.get("path").text(), "ServiceAccountToken")];
    }
    Vec::new()
}

fn add_all(volume: &str, description: &str, files: Vec<File>, known: &mut Vec<File>, warnings: &mut Vec<String>) {
    for file in files {
        for other in known.iter().filter(|other| file.overlaps(other)) {
            let (file, other) = (file.text(), other.text());
            warnings.push(format!("volume {volume} ({description}): overlapping paths: {file} with {other}"));
        }
        known.push(file);
    }
}
