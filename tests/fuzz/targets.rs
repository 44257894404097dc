//! Inputs of the narrower targets, and what must hold for them.

use crate::check;
use crate::mutate::{Dice, Seeds, floor};
use crate::tokens::{
    BEHAVIORS, COMMAND_STARTS, COMMAND_TOKENS, FIELDS, INPUTS, LINK_TOKENS, SCHEDULES, SCRIPTS, SHELL_TOKENS,
};
use job_playground::api::schedule::Schedule;
use job_playground::api::time_zone::{self, TimeZone};
use job_playground::kubectl::{self, Command, Conventions, Host, Printed, Shell, Snapshot, UsageError, World, words};
use job_playground::limits::TEXT_BYTES;
use job_playground::manifest::link::{decode, encode};
use job_playground::manifest::{self, Reading, edit};
use job_playground::program::{self, Started};
use job_playground::recording::Recording;
use job_playground::scenario::Scenario;
use job_playground::texts::Lang;
use job_playground::time::{Span, Time};
use std::rc::Rc;
use std::sync::OnceLock;

fn seeds() -> &'static Seeds {
    static SEEDS: OnceLock<Seeds> = OnceLock::new();
    SEEDS.get_or_init(Seeds::of_repository)
}

fn read(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The text with one to four pieces inserted, cut, doubled or replaced.
fn shaken(mut text: String, tokens: &[&str], dice: &mut Dice) -> Vec<u8> {
    for _ in 0..=dice.below(4) {
        let (from, to) = dice.range(text.len());
        let (from, to) = (floor(&text, from), floor(&text, to));
        let token = *dice.one_of(tokens);
        match dice.below(6) {
            0 => text.insert_str(from, token),
            1 => text.insert_str(from, &token.repeat(1 + dice.below(200))),
            2 => text.replace_range(from..to, ""),
            3 => text.replace_range(from..to, token),
            4 => text = format!("{}{}", &text[..to], &text[from..]),
            _ => text.truncate(to),
        }
    }
    text.into_bytes()
}

/// Tokens with a blank between, some of them joined.
fn phrase(tokens: &[&str], most: usize, dice: &mut Dice) -> String {
    let mut text = String::new();
    for _ in 0..=dice.below(most) {
        text += *dice.one_of(tokens);
        if dice.below(5) > 0 {
            text.push(' ');
        }
    }
    text
}

// Texts.

pub(crate) fn text(number: u64) -> Vec<u8> {
    seeds().input(number)
}

// Links.

pub(crate) fn link(number: u64) -> Vec<u8> {
    let mut dice = Dice::new(number);
    let whole = match dice.below(8) {
        0 => "t=a2luZDogSm9iCg".to_owned(),
        1 => "t=.a2luZDogSm9iCiMg5Lu75YqhCg.AAAA".to_owned(),
        2 => "v1.zdW9CYAwFATg3ilEN3A_IQZtHCFYqqCdYBFFnObJe24hWGggP6QJZIFr7vguT0EykDMc4uoXWgcU9cu87wuYwNfRjoTXkLo6Lb"
            .to_owned(),
        3 => phrase(LINK_TOKENS, 30, &mut dice),
        _ => encode(seeds().any(&mut dice)),
    };
    match dice.below(6) {
        0 => whole.to_uppercase().into_bytes(),
        1 => [whole.as_bytes(), whole.as_bytes()].concat(),
        _ => shaken(whole, LINK_TOKENS, &mut dice),
    }
}

pub(crate) fn open(bytes: &[u8], _: u64) {
    match decode(&read(bytes)) {
        Ok(text) => {
            assert!(text.len() <= TEXT_BYTES);
            assert_eq!(decode(&encode(&text)), Ok(text));
        }
        Err(error) => {
            assert!(error.readable().is_none_or(|text| text.len() <= TEXT_BYTES));
            assert!(Lang::ALL.iter().all(|lang| !(lang.diagnostics().link_error)(&error).is_empty()));
        }
    }
}

// Command lines.

pub(crate) fn command_line(number: u64) -> Vec<u8> {
    let mut dice = Dice::new(number);
    let start = *dice.one_of(COMMAND_STARTS);
    let line = start.to_owned() + &phrase(COMMAND_TOKENS, 10, &mut dice);
    if dice.below(3) > 0 { line.into_bytes() } else { shaken(line, COMMAND_TOKENS, &mut dice) }
}

/// A run on which commands are tried.
struct Scene {
    reading: Reading,
    scenario: Scenario,
    recording: Recording,
}

const SCENE: &str = "\
apiVersion: batch/v1
kind: Job
metadata: {name: pi, labels: {app: pi}}
spec:
  backoffLimit: 1
  template: {spec: {restartPolicy: Never, containers: [{name: main, image: busybox, command: [sh, -c, exit 1]}]}}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: tick}
spec:
  schedule: '* * * * *'
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: main, image: busybox}]}}}}
---
apiVersion: job-playground/v1
kind: Scenario
spec: {until: 3m}
";

thread_local! {
    static SCENE_OF_THREAD: Scene = {
        let reading = manifest::read(SCENE);
        let scenario = reading.scenario.clone().with_time_zones();
        let recording = Recording::of(&scenario);
        Scene { reading, scenario, recording }
    };
}

impl Scene {
    fn world(&self, number: u64) -> World<'_> {
        let snapshot = Snapshot {
            recording: &self.recording,
            start_unix_seconds: self.scenario.start_unix_seconds,
            at: Time::from_millis((number % 200_000) as i64),
            conventions: Conventions::Cluster,
        };
        World { behaviors: Some(&self.scenario.behaviors), text: SCENE, stdin: Some(SCENE), ..World::of(snapshot) }
    }
}

pub(crate) fn command(bytes: &[u8], number: u64) {
    SCENE_OF_THREAD.with(|scene| {
        let line = read(bytes);
        let world = scene.world(number);
        match Command::parse(&words(&line)).and_then(|command| kubectl::run_in(&command, &world)) {
            Ok(response) => {
                for input in &response.inputs {
                    let edits = edit::add_input(&scene.reading, input).expect("this text can be edited");
                    let changed = manifest::read(&edit::apply(&scene.reading.text, &edits));
                    assert_eq!(changed.scenario.inputs.first(), Some(input));
                }
            }
            Err(UsageError::Invalid(words) | UsageError::NotModelled(words)) => assert!(!words.trim().is_empty()),
        }
        // The same as a line of a shell, in which nothing acts.
        Shell::default().run(&line, &mut Reader(world));
    });
}

/// Runs what a shell gives it, and changes nothing.
struct Reader<'w>(World<'w>);

impl Host for Reader<'_> {
    fn kubectl(&mut self, words: &[String], stdin: Option<&str>) -> Printed {
        let world = World { stdin, ..self.0 };
        let response = Command::parse(words).and_then(|command| kubectl::run_in(&command, &world));
        response.map_or_else(|_| Printed::default(), |response| response.printed)
    }

    fn now_unix_millis(&self) -> i64 {
        self.0.snapshot.start_unix_seconds * 1000
    }

    fn sleep(&mut self, _: Span) {}

    fn beside(&mut self, _: &str, _: &[String]) -> Option<Printed> {
        None
    }

    fn lang(&self) -> Lang {
        Lang::Zh
    }
}

// Commands of containers.

pub(crate) fn script(number: u64) -> Vec<u8> {
    let mut dice = Dice::new(number);
    let script = match dice.below(4) {
        0 => phrase(SHELL_TOKENS, 30, &mut dice),
        1 => phrase(SHELL_TOKENS, 8, &mut dice).repeat(1 + dice.below(2_000)),
        _ => (*dice.one_of(SCRIPTS)).to_owned(),
    };
    shaken(script, SHELL_TOKENS, &mut dice)
}

pub(crate) fn guess(bytes: &[u8], number: u64) {
    let script = read(bytes);
    let index = (!number.is_multiple_of(3)).then_some((number % 7) as u32);
    let shell = if number.is_multiple_of(2) { "bash" } else { "sh" };
    let shell: Vec<Rc<str>> = [shell, "-c", &script].map(Rc::from).to_vec();
    let words: Vec<Rc<str>> = script.split_whitespace().map(Rc::from).collect();
    for command in [shell, words] {
        let started = Started { command: &command, image: "busybox", container: "main" };
        let guess = program::guess(started, index);
        assert!(guess.iter().all(|program| program.run > Span::ZERO), "{guess:?}");
        assert_eq!(guess, program::guess(started, index));
    }
}

// Schedules.

pub(crate) fn schedule(number: u64) -> Vec<u8> {
    let mut dice = Dice::new(number);
    match dice.below(4) {
        0 => shaken((*dice.one_of(SCHEDULES)).to_owned(), FIELDS, &mut dice),
        1 => (*dice.one_of(SCHEDULES)).as_bytes().to_vec(),
        _ => {
            let fields = if dice.below(10) == 0 { dice.below(8) } else { 5 };
            let wild = |dice: &mut Dice| if dice.below(2) == 0 { "*" } else { *dice.one_of(FIELDS) };
            (0..fields).map(|_| wild(&mut dice)).collect::<Vec<_>>().join(" ").into_bytes()
        }
    }
}

pub(crate) fn next_times(bytes: &[u8], number: u64) {
    static ZONES: &[u8] = include_bytes!("../../static/time-zones.bin");
    static NAMES: OnceLock<Vec<&str>> = OnceLock::new();
    let names = NAMES.get_or_init(|| time_zone::names().collect());
    let Ok(schedule) = Schedule::parse(&read(bytes)) else { return };
    let mut dice = Dice::new(number ^ 0x5eed);
    let name = *dice.one_of(names);
    let zone = TimeZone::find(name, Some(ZONES)).unwrap_or_else(|| panic!("{name}"));
    // From 1900 to 2160, now and then on the day that a zone left out.
    let start = if dice.below(4) == 0 { 1_325_152_800 } else { -2_208_988_800 };
    let mut after = start + dice.below(8_200_000_000) as i64 * i64::from(start < 0);
    for _ in 0..3 {
        let Some(next) = schedule.next(after, &zone) else { return };
        assert!(next > after, "{name}: {after} → {next}");
        after = next;
    }
}

// Scenarios.

pub(crate) fn scenario(number: u64) -> Vec<u8> {
    let mut dice = Dice::new(number);
    let mut text = seeds().nearly_valid(&mut dice);
    if !text.contains("job-playground/v1") {
        text += "\n---\napiVersion: job-playground/v1\nkind: Scenario\nspec:\n";
        for (field, lines) in [("inputs", INPUTS), ("behaviors", BEHAVIORS)] {
            text += &format!("  {field}:\n");
            for _ in 0..dice.below(5) {
                text += &format!("  - {}\n", dice.one_of(lines));
            }
        }
    }
    text.into_bytes()
}

pub(crate) fn film(bytes: &[u8], number: u64) {
    let reading = manifest::read(&read(bytes));
    check::film(&reading);
    if number.is_multiple_of(8) {
        check::printing(&reading);
    }
}
