//! `lesson`: whether the lessons of files are sound.

use super::name::Name;
use super::{CliError, MAX_REPORTED, pictures, print, read, visible};
use job_playground::lessons::{self, Checked, Line};
use job_playground::texts::Lang;
use lexopt::prelude::*;

const HELP: &str = "\
Looks at lessons and courses: whether the question has exactly one answer, every stop is reached, the start misses the
goal and the solution meets it, and no words are missing. Prints each lesson with the length of its link, and what is
wrong with its place; the exit code is 1 if anything is.

job-playground lesson FILE\u{2026}
               --observe      also what each option, stop and goal sees on the start and on the solution
               --lang en|zh   the language of all these
";

pub(super) fn lesson(mut arguments: lexopt::Parser) -> Result<(), CliError> {
    let (mut files, mut lang, mut observe) = (Vec::new(), Lang::En, false);
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("lang") => lang = pictures::lang(&arguments.value()?.string()?)?,
            Long("observe") => observe = true,
            Short('h') | Long("help") => return print(HELP),
            Value(path) => files.push(path),
            other => return Err(other.unexpected().into()),
        }
    }
    if files.is_empty() {
        return Err(CliError::Usage("lesson: which files?".to_owned()));
    }
    let mut is_sound = true;
    for file in &files {
        let (name, text) = (Name::of(file), read(file)?);
        let found = lessons::check_text(&text);
        if let Some(id) = &found.course {
            print(&visible(&format!("course {id}\n")))?;
        }
        for (_, checked) in &found.lessons {
            print(&visible(&of_lesson(checked, lang, observe)))?;
        }
        let faults = found.all_faults();
        is_sound &= faults.is_empty();
        for fault in faults.iter().take(MAX_REPORTED) {
            let place = name.place(&text, fault.span.start);
            print(&visible(&format!("{place}: {}\n", (lang.lesson_faults().fault)(&fault.what))))?;
        }
        if let Some(left) = faults.len().checked_sub(MAX_REPORTED).filter(|left| *left > 0) {
            print(&visible(&format!("{name}: {}\n", (lang.workshop().more_faults)(left))))?;
        }
    }
    if is_sound { Ok(()) } else { Err(CliError::Reported) }
}

/// `six-retries  1331` and, if wanted, what was seen.
fn of_lesson(checked: &Checked, lang: Lang, observe: bool) -> String {
    let id = if checked.id.is_empty() { "?" } else { &*checked.id };
    let mut lines = format!("{id}  {}\n", checked.letters);
    if observe {
        checked.lines.iter().for_each(|line| lines += &seen(line, lang));
    }
    lines
}

/// `  ✓ ask.options.seven  7 pods wanted, 7 seen`; below it what the solution shows.
fn seen(line: &Line, lang: Lang) -> String {
    let words = lang.lessons();
    let mark = |holds: bool| if holds { '✓' } else { '○' };
    let start = (words.sentence)(&line.check, &line.start);
    let mut shown = format!("  {} {}  {start}\n", mark(line.start.holds), line.path);
    if let Some(solution) = &line.solution {
        let seen = (words.sentence)(&line.check, solution);
        shown += &format!("  {} {} →  {seen}\n", mark(solution.holds), line.path);
    }
    shown
}
