//! Films that are made in the reader's browser: of a text that nobody recorded before, and of a run that the reader
//! disturbs. `engine.wasm` is this and nothing else.

use super::OwnedRun;
use super::film::film;
use crate::api::time_zone;
use crate::manifest::{self, Diagnostic, Reading, Tier, edit, line_column, link};
use crate::recording::Recording;
use crate::texts::Lang;
use std::rc::Rc;

/// The film of a text, or of the link to one.
///
/// # Errors
/// Why there is none, with its place, in words.
pub fn film_of(source: &str, lang: Lang, time_zones: Option<&[u8]>) -> Result<String, String> {
    let run = recorded(&text_of(source, lang)?, lang, time_zones)?;
    Ok(film(&run.as_run(), lang))
}

/// The film of the run with one more input, as a line of `spec.inputs` has it: `{at: 7s, evict: {pod: 2}}`. It carries the
/// changed text.
///
/// # Errors
/// Why there is none, in words; also if the input would do nothing.
pub fn film_with(source: &str, input: &str, lang: Lang, time_zones: Option<&[u8]>) -> Result<String, String> {
    let reading = readable(manifest::read(&text_of(source, lang)?), lang)?;
    let line = format!("apiVersion: job-playground/v1\nkind: Scenario\nspec:\n  inputs:\n  - {input}\n");
    let line = manifest::read(&line);
    let Some(added) = line.scenario.inputs.first() else {
        // A line with a mistake is left out of the list.
        return Err(line.diagnostics.first().map_or_else(String::new, |found| lang.diagnostic(&found.code)));
    };
    let edits = edit::add_input(&reading, added).map_err(|why| (lang.diagnostics().edit_error)(why).to_owned())?;
    let run = recorded(&edit::apply(&reading.text, &edits), lang, time_zones)?;
    let number = run.scenario.inputs.iter().rposition(|input| input == added);
    let fault = run.timeline.faults.iter().find(|fault| Some(fault.input) == number);
    match fault.and_then(|fault| fault.no_effect) {
        Some(why) => Err(lang.no_effect(why)),
        None => Ok(film(&run.as_run(), lang)),
    }
}

/// Whether a film of it needs the rules of time zones.
pub fn needs_time_zones(source: &str) -> bool {
    let text = link::decode(source).unwrap_or_else(|_| source.to_owned());
    manifest::read(&text).scenario.needs_time_zones()
}

fn text_of(source: &str, lang: Lang) -> Result<String, String> {
    if source.starts_with("v1.") {
        return link::decode(source).map_err(|why| (lang.diagnostics().link_error)(&why));
    }
    Ok(source.to_owned())
}

/// The first that keeps a text from running.
fn mistake(reading: &Reading) -> Option<&Diagnostic> {
    reading.diagnostics.iter().find(|found| found.tier() == Tier::Refused)
}

fn readable(reading: Reading, lang: Lang) -> Result<Reading, String> {
    let Some(found) = mistake(&reading) else { return Ok(reading) };
    let (line, column) = line_column(&reading.text, found.span.start);
    Err(format!("{line}:{column}: {}", lang.diagnostic(&found.code)))
}

fn recorded(text: &str, lang: Lang, time_zones: Option<&[u8]>) -> Result<OwnedRun, String> {
    let reading = readable(manifest::read(text), lang)?;
    let mut scenario = reading.scenario.clone();
    if scenario.needs_time_zones() {
        let rules = time_zones.filter(|rules| time_zone::is_whole(rules));
        scenario.time_zones = Some(rules.map(Rc::from).ok_or_else(|| lang.diagnostics().no_time_zones.to_owned())?);
    }
    let recording = Recording::of(&scenario);
    if let (Some(refused), None) =
        (recording.refused().first(), recording.steps().iter().find(|step| step.key.is_some()))
    {
        return Err(refused.message.to_string());
    }
    Ok(OwnedRun::recorded(reading, scenario, recording))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    const JOB: &str = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: pi}\nspec:\n  template:\n    spec:\n      \
                       restartPolicy: Never\n      containers:\n      - {name: main, image: busybox}\n";

    fn read(film: Result<String, String>) -> Value {
        serde_json::from_str(&film.expect("there is a film")).expect("a film is JSON")
    }

    #[test]
    fn a_text_and_its_link_make_one_film() {
        let of_text = film_of(JOB, Lang::En, None);
        assert_eq!(film_of(&link::encode(JOB), Lang::En, None), of_text);
        assert_eq!(of_text, Ok(film(&OwnedRun::of(JOB).as_run(), Lang::En)), "the same as of the terminal");
    }

    #[test]
    fn a_disturbed_run_carries_its_text() {
        let film = read(film_with(JOB, "{at: 3s, evict: {pod: 1}}", Lang::En, None));
        let text = link::decode(film["state"].as_str().unwrap_or_default()).expect("a link");
        assert!(text.contains("- {at: 3s, evict: {pod: 1}}"), "{text}");
        let again = read(film_with(
            film["state"].as_str().unwrap_or_default(),
            "{at: 20s, restartControllers: {}}",
            Lang::Zh,
            None,
        ));
        assert!(again["moments"].as_array().map_or(0, Vec::len) > film["moments"].as_array().map_or(0, Vec::len));
    }

    #[test]
    fn what_cannot_be_shown_is_said() {
        let zoned = "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: a}\nspec:\n  schedule: '* * * * *'\n  timeZone: \
                     Europe/Berlin\n  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: m, \
                     image: i}]}}}}\n";
        assert!(needs_time_zones(zoned));
        let without_names = JOB.replace("name: main, ", "");
        for (film, words) in [
            (film_of("a: [", Lang::En, None), "1:1: "),
            (film_of("v1.?", Lang::En, None), "link"),
            (film_of(zoned, Lang::En, None), "time zones"),
            (film_of(zoned, Lang::En, Some(b"half")), "time zones"),
            (film_of(&without_names, Lang::En, None), "spec.template.spec.containers[0].name"),
            (film_with(JOB, "{at: 3s}", Lang::En, None), "needs one verb"),
            (film_with(JOB, "{at: 3s, evict: {pod: 7}}", Lang::En, None), "a pod that is not there"),
            (film_with(JOB, "]", Lang::En, None), "bracket"),
        ] {
            let said = film.expect_err(words);
            assert!(said.contains(words), "{said:?} does not say {words:?}");
        }
    }
}
