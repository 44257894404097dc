//! Pictures in characters: `timeline/NAME.txt` shows the recorded case `conformance/**/NAME.yaml`.
//! `UPDATE_EXPECT=1 cargo test --test timeline` writes them anew; look at what has changed before you keep it.

use job_playground::manifest;
use job_playground::recording::Recording;
use job_playground::timeline::{Timeline, characters};
use std::fs;
use std::path::{Path, PathBuf};

const WIDTH: usize = 110;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

fn scenario_text(name: &str) -> String {
    let folders = ["timeline", "conformance/curated", "conformance/random"].map(folder);
    let file = folders.iter().map(|folder| folder.join(format!("{name}.yaml"))).find(|file| file.exists());
    let file = file.unwrap_or_else(|| panic!("there is no scenario {name}.yaml"));
    fs::read_to_string(file).expect("a scenario can be read")
}

fn names() -> Vec<String> {
    let files = fs::read_dir(folder("timeline")).expect("tests/timeline is there");
    let paths = files.map(|file| file.expect("an entry").path());
    let pictures = paths.filter(|path| path.extension().is_some_and(|end| end == "txt"));
    let mut names: Vec<String> =
        pictures.map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn recorded(name: &str) -> (Recording, Timeline) {
    let scenario = manifest::read(&scenario_text(name)).scenario;
    let recording = Recording::of(&scenario);
    let timeline = Timeline::of(&recording, &scenario);
    (recording, timeline)
}

#[test]
fn pictures_are_as_blessed() {
    let bless = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut different = Vec::new();
    let names = names();
    assert!(!names.is_empty());
    for name in names {
        let (_, timeline) = recorded(&name);
        let picture = characters::render(&timeline, WIDTH);
        let file = folder("timeline").join(format!("{name}.txt"));
        let expected = fs::read_to_string(&file).unwrap_or_default();
        if picture == expected {
            continue;
        }
        if bless {
            fs::write(&file, &picture).expect("a picture can be written");
        } else {
            different.push(format!("{name}\nexpected:\n{expected}\nis:\n{picture}"));
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}

/// What must hold of every picture of every recorded case.
#[test]
fn every_picture_keeps_its_promises() {
    let files = fs::read_dir(folder("conformance/curated")).expect("the recorded cases are there");
    let paths = files.map(|file| file.expect("an entry").path());
    let mut cases = 0;
    for path in paths.filter(|path| path.extension().is_some_and(|end| end == "yaml")) {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let (recording, timeline) = recorded(&name);
        cases += 1;
        let bars: usize = timeline.jobs.iter().map(|track| track.bars.len()).sum();
        assert_eq!(bars, recording.pods().count(), "{name}: every attempt has its bar");
        for pair in timeline.moments.windows(2) {
            assert!(timeline.axis.x(pair[0].at) < timeline.axis.x(pair[1].at), "{name}: moments in order");
        }
        for track in &timeline.jobs {
            for bar in &track.bars {
                for pair in bar.segments.windows(2) {
                    assert_eq!(pair[0].to, pair[1].from, "{name}: pod {} has a gap", bar.pod.0);
                }
                let first = bar.segments.first().map_or(bar.created.at, |segment| segment.from);
                assert_eq!(first, bar.created.at, "{name}: pod {} begins at its creation", bar.pod.0);
            }
            for row in &track.rows {
                for pair in row.bars.windows(2) {
                    let (before, after) = (&track.bars[pair[0]], &track.bars[pair[1]]);
                    assert!(before.pod < after.pod, "{name}: attempts in order");
                }
            }
            for wait in &track.waits {
                assert!(wait.from < wait.ended && wait.ended <= wait.until, "{name}: {wait:?}");
            }
        }
        for chapter in timeline.story(&recording) {
            assert!(chapter.moment < timeline.moments.len(), "{name}");
        }
    }
    assert!(cases > 100, "{cases} cases");
}
