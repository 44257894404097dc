//! Warnings of files in one volume that lie over one another.

use super::at::At;
use super::warning::Warnings;
use crate::api::go_text::quoted;
use crate::order::{self, Map};

/// A file and the source it comes from, where there are several.
#[derive(Clone, PartialEq, Eq)]
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
}

/// Files that came before, and where each path is among them.
#[derive(Default)]
struct PlacedFiles {
    files: Vec<File>,
    places: Map<String, Vec<usize>>,
}

impl PlacedFiles {
    /// What lies on, over or under a file, in the order in which it came.
    fn overlapping(&self, file: &File) -> Vec<&File> {
        if file.path.is_empty() {
            return Vec::new();
        }
        let on = std::iter::once(file.path.as_str());
        let over = file.path.match_indices('/').map(|(slash, _)| &file.path[..slash]);
        let found = on.chain(over.filter(|path| !path.is_empty())).filter_map(|path| self.places.get(path));
        let below = format!("{}/", file.path);
        let under = self.places.from(&below).take_while(|(path, _)| path.starts_with(&below));
        let mut places: Vec<usize> = found.chain(under.map(|(_, places)| places)).flatten().copied().collect();
        order::sort(&mut places);
        places.into_iter().map(|place| &self.files[place]).collect()
    }

    fn add(&mut self, file: File) {
        self.places.get_or_insert_with(file.path.clone(), Default::default).push(self.files.len());
        self.files.push(file);
    }
}

/// One line for each pair.
pub(super) fn of_volumes(volumes: &At<'_>, warnings: &mut Warnings) {
    for volume in volumes.items() {
        let config_map = volume.get("configMap");
        let secret = volume.get("secret");
        let described = [
            (&config_map, format!("ConfigMap {}", quoted(config_map.get("name").text()))),
            (&secret, format!("Secret {}", quoted(secret.get("secretName").text()))),
            (&volume.get("downwardAPI"), "DownwardAPI".to_owned()),
        ];
        for (source, description) in described {
            let mut placed = PlacedFiles::default();
            add_all((&volume, &description), items(source, ""), &mut placed, warnings);
        }
        let mut placed = PlacedFiles::default();
        for source in volume.at(&["projected", "sources"]).items() {
            if source.is_empty() {
                let name = quoted(volume.get("name").text());
                warnings.add_text(&volume, format!("volume {name} (Projected) has no sources provided"));
                continue;
            }
            add_all((&volume, "Projected"), projected(&source), &mut placed, warnings);
        }
    }
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

fn add_all(
    (volume, description): (&At<'_>, &str),
    files: Vec<File>,
    placed: &mut PlacedFiles,
    warnings: &mut Warnings,
) {
    let name = quoted(volume.get("name").text());
    for file in files {
        if warnings.is_full() {
            return;
        }
        for other in placed.overlapping(&file) {
            let (file, other) = (file.text(), other.text());
            let text = format!("volume {name} ({description}): overlapping paths: {file} with {other}");
            warnings.add_text(volume, text);
        }
        placed.add(file);
    }
}
