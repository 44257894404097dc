//! Files that name each other in a loop. Such files can only be read together, so each loop needs a reason.

use crate::source::{Paths, module_of, rust_files};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use support::shown;

/// The loops that stay, each with the file by which it is known and why it is one idea in several files.
const KNOWN: [(&[&str], &str); 0] = [];

/// The files of `src`, by module, and what each brings in with `use`.
struct House {
    files: BTreeMap<Vec<String>, (PathBuf, Paths)>,
}

impl House {
    fn read() -> House {
        let files = rust_files("src").into_iter().map(|path| {
            let paths = Paths::of(&path);
            (module_of(&path), (path, paths))
        });
        House { files: files.filter(|(module, _)| !module.is_empty()).collect() }
    }

    /// A path that begins with an imported name or with a module right below this one, from the root.
    fn rooted(&self, module: &[String], path: &[String]) -> Vec<String> {
        let (Some(first), Some(name)) = (path.first(), path.get(1)) else { return path.to_vec() };
        if !first.is_empty() {
            return path.to_vec();
        }
        let imported = self.files[module].1.uses.iter().find(|(known_as, _)| known_as == name);
        let below = module.iter().chain([name]).cloned().collect::<Vec<_>>();
        let start = match imported {
            Some((_, target)) => target,
            None if self.files.contains_key(&below) => &below,
            None => return path.to_vec(),
        };
        start.iter().chain(&path[2..]).cloned().collect()
    }

    /// The module in which the item at the end of a path is defined: re-exports and imports are followed.
    fn home(&self, path: &[String]) -> Option<&Vec<String>> {
        let mut path = path.to_vec();
        // A chain of re-exports is short; the bound only guards against a loop of them.
        for _ in 0..16 {
            let depth = (1..=path.len()).rev().find(|depth| self.files.contains_key(&path[..*depth]))?;
            let (module, (_, paths)) = self.files.get_key_value(&path[..depth])?;
            let known = path.get(depth).and_then(|name| paths.uses.iter().find(|(known_as, _)| known_as == name));
            match known {
                Some((_, target)) => {
                    let target = self.rooted(module, target);
                    if target.first().is_some_and(String::is_empty) {
                        return Some(module);
                    }
                    path = target.iter().chain(&path[depth + 1..]).cloned().collect();
                }
                None => return Some(module),
            }
        }
        None
    }

    /// What each file takes from which other files.
    fn arrows(&self) -> BTreeMap<&Vec<String>, BTreeSet<&Vec<String>>> {
        let arrows = self.files.iter().map(|(module, (_, paths))| {
            let homes = paths.found.iter().filter_map(|(_, path)| self.home(&self.rooted(module, path)));
            // The file that opens a folder and those in it are one room.
            let is_elsewhere = |home: &&Vec<String>| !home.starts_with(module) && !module.starts_with(home);
            (module, homes.filter(is_elsewhere).collect())
        });
        arrows.collect()
    }
}

/// All groups of two or more files that reach each other.
fn circles() -> BTreeSet<Vec<String>> {
    let house = House::read();
    let arrows = house.arrows();
    let reached = |from: &Vec<String>| {
        let mut reached = BTreeSet::new();
        let mut next: Vec<&Vec<String>> = arrows[from].iter().copied().collect();
        while let Some(file) = next.pop() {
            if reached.insert(file) {
                next.extend(&arrows[file]);
            }
        }
        reached
    };
    let reach: BTreeMap<_, _> = house.files.keys().map(|module| (module, reached(module))).collect();
    let circle = |module: &Vec<String>| {
        let around = reach[module].iter().filter(|other| reach[**other].contains(module));
        around.map(|other| shown(&house.files[*other].0)).collect::<Vec<_>>()
    };
    house.files.keys().map(circle).filter(|circle| circle.len() > 1).collect()
}

#[test]
fn files_do_not_name_each_other_in_a_loop() {
    let known: BTreeSet<Vec<String>> =
        KNOWN.iter().map(|(files, _)| files.iter().map(|file| (*file).to_owned()).collect()).collect();
    let found = circles();
    let shown =
        |circles: Vec<&Vec<String>>| circles.iter().map(|files| files.join("\n  ")).collect::<Vec<_>>().join("\n\n  ");
    let new = found.difference(&known).collect::<Vec<_>>();
    assert!(new.is_empty(), "{} new circles:\n  {}", new.len(), shown(new));
    let gone = known.difference(&found).collect::<Vec<_>>();
    assert!(gone.is_empty(), "no longer circles; take them out of KNOWN:\n  {}", shown(gone));
}
