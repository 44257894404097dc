//! Posters and films. `picture/NAME.svg` and `picture/NAME.film.json` are of the text `NAME.yaml` beside them, of the
//! recorded case or of the example of that name; `UPDATE_EXPECT=1 cargo test --test picture` writes them again. Look at a
//! poster in a browser before you keep it.

mod every_case;
mod schema;

use job_playground::manifest::link;
use job_playground::picture::svg::{self, Look, Theme, Width};
use job_playground::picture::{OwnedRun, film};
use job_playground::texts::Lang;
use job_playground::time::Time;
use support::{expect, root, text};

/// The folders in which texts are looked for.
const FOLDERS: [&str; 4] =
    ["tests/picture", "tests/conformance/curated", "tests/conformance/pods/curated", "src/examples"];

/// Posters: the name of the text, the name of the file, how it looks.
const POSTERS: [(&str, &str, Look); 18] = [
    ("two-failures", "two-failures", WIDE),
    ("two-failures", "two-failures.zh.380", Look { width: Width::Narrow, ..CHINESE }),
    ("two-failures", "two-failures.at", Look { at: Some(Time::from_seconds(30)), ..WIDE }),
    ("two-failures", "two-failures.mono", Look { theme: Theme::Mono, ..WIDE }),
    ("by-index", "by-index", WIDE),
    ("cron_forbid", "cron_forbid", WIDE),
    ("cron_forbid", "cron_forbid.zh.380", Look { width: Width::Narrow, ..CHINESE }),
    ("suspend", "suspend.zh", CHINESE),
    ("overlap", "overlap.dark", Look { theme: Theme::Dark, ..WIDE }),
    ("sidecar", "sidecar", WIDE),
    ("init", "init.380", Look { width: Width::Narrow, ..WIDE }),
    ("image", "image.print", Look { theme: Theme::Print, ..WIDE }),
    ("on_failure_limit", "on_failure_limit", WIDE),
    ("sixty-pods", "sixty-pods", WIDE),
    ("two-hundred-indexes", "two-hundred-indexes", WIDE),
    ("thousand-indexes", "thousand-indexes.at", Look { at: Some(Time::from_seconds(50)), ..WIDE }),
    ("twenty-thousand-indexes", "twenty-thousand-indexes.zh", CHINESE),
    ("eighty-jobs", "eighty-jobs", WIDE),
];

const FILMS: [(&str, Lang); 7] = [
    ("two-failures", Lang::En),
    ("two-failures", Lang::Zh),
    ("by-index", Lang::En),
    ("cron_forbid", Lang::Zh),
    ("sidecar", Lang::En),
    ("image", Lang::Zh),
    ("thousand-indexes", Lang::En),
];

const WIDE: Look = Look { lang: Lang::En, width: Width::Wide, theme: Theme::Auto, at: None };
const CHINESE: Look = Look { lang: Lang::Zh, ..WIDE };

fn run(name: &str) -> OwnedRun {
    let files = FOLDERS.iter().map(|folder| root().join(folder).join(format!("{name}.yaml")));
    let file = files.clone().find(|file| file.exists());
    OwnedRun::of(&text(&file.unwrap_or_else(|| panic!("no text of the name {name}"))))
}

#[test]
fn posters_look_as_they_did() {
    let differences = POSTERS.iter().filter_map(|(name, file, look)| {
        let poster = svg::poster(&run(name).as_run(), *look);
        expect(&root().join(format!("tests/picture/{file}.svg")), poster).err()
    });
    let differences: Vec<String> = differences.collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// The posters that README.md and docs/pictures.md show.
#[test]
fn the_docs_show_what_is_made_now() {
    let at = Look { at: Some(Time::from_seconds(50)), ..WIDE };
    let shown = [("two-failures", WIDE), ("by-index", WIDE), ("thousand-indexes", at)];
    let differences = shown.iter().filter_map(|(name, look)| {
        let poster = svg::poster(&run(name).as_run(), *look);
        expect(&root().join(format!("docs/pictures/{name}.svg")), poster).err()
    });
    let differences: Vec<String> = differences.collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn films_tell_what_they_told() {
    let differences = FILMS.iter().filter_map(|(name, lang)| {
        let (name, film) = (format!("{name}.{}", lang.tag()), film::film(&run(name).as_run(), *lang));
        // A value a line, so that a difference can be read.
        let value: serde_json::Value = serde_json::from_str(&film).expect("a film is JSON");
        let members = value.as_object().expect("a film is an object").iter();
        let lines = members.map(|(name, value)| match value {
            serde_json::Value::Array(values) => {
                let values: Vec<String> = values.iter().map(|value| format!("\n  {value}")).collect();
                format!("{name}: [{}]\n", values.join(","))
            }
            serde_json::Value::Object(values) => {
                let values: Vec<String> = values.iter().map(|(key, value)| format!("\n  {key:?}: {value}")).collect();
                format!("{name}: {{{}}}\n", values.join(","))
            }
            value => format!("{name}: {value}\n"),
        });
        expect(&root().join(format!("tests/picture/{name}.film.txt")), lines.collect::<String>()).err()
    });
    let differences: Vec<String> = differences.collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn a_poster_carries_its_link() {
    let run = run("two-failures");
    let text = run.as_run().text;
    let poster = svg::poster(&run.as_run(), WIDE);
    let carried = svg::link_of(&poster).expect("a link");
    assert_eq!((link::decode(&carried).as_deref(), link::moment(&carried)), (Ok(text), None));
    let at = Some(Time::from_seconds(30));
    let carried = svg::link_of(&svg::poster(&run.as_run(), Look { at, ..WIDE })).expect("a link");
    assert_eq!((link::decode(&carried).as_deref(), link::moment(&carried)), (Ok(text), at));
    assert_eq!(svg::link_of("<svg><metadata>another</metadata></svg>"), None);
    assert_eq!(svg::link_of("apiVersion: batch/v1"), None);
}

#[test]
fn themes_that_every_program_knows_have_plain_colours() {
    let run = run("two-failures");
    for theme in [Theme::Light, Theme::Dark, Theme::Print, Theme::Mono] {
        let poster = svg::poster(&run.as_run(), Look { theme, ..WIDE });
        assert!(!poster.contains("light-dark") && !poster.contains("var("), "{theme:?}");
        assert!(!poster.contains("currentColor"), "{theme:?}: a colour of poster.css is not in tokens.css");
    }
    let mono = svg::poster(&run.as_run(), Look { theme: Theme::Mono, ..WIDE });
    let colours = mono.split('#').skip(1).filter_map(|rest| rest.get(..6));
    for colour in colours.filter(|colour| colour.bytes().all(|byte| byte.is_ascii_hexdigit())) {
        assert!(colour[..2] == colour[2..4] && colour[2..4] == colour[4..], "#{colour} is no grey");
    }
}
