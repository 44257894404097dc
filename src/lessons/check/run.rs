//! The question, the stops and the goal, tried on the start and on the solution.

use super::{Found, has_task};
use crate::cluster::input::{Input, InputAction, PodSelector};
use crate::lessons::cut::{cut, cut_at};
use crate::lessons::fault::{FaultKind, Line};
use crate::lessons::keep::stays;
use crate::lessons::observe::{observe, step_of};
use crate::limits::{LESSON_PODS, LESSON_STEPS, SOLUTION_FAULTS};
use crate::manifest::{Reading, Tier, line_column, read};
use crate::recording::{Capacity, End, Progress, Recorder, Recording};
use crate::scenario::Scenario;
use crate::scenario::lesson::{Check, Cut, Lesson, Moment, Question};
use crate::time::{Span, Time};
use std::rc::Rc;

/// A text that ran.
struct Run {
    scenario: Scenario,
    recording: Recording,
}

impl Run {
    fn of(reading: &Reading) -> Run {
        let scenario = reading.scenario.clone().with_time_zones();
        let recording = recorded(&scenario);
        Run { scenario, recording }
    }

    fn is_whole(&self) -> bool {
        !matches!(self.recording.end(), Some((End::Full(_), _)))
    }
}

/// A recording that is no longer than that of a lesson may be.
fn recorded(scenario: &Scenario) -> Recording {
    let whole = Capacity::WHOLE;
    let mut recorder = Recorder::new(scenario).within(Capacity {
        steps: LESSON_STEPS,
        pods: LESSON_PODS,
        jobs: LESSON_PODS,
        silent_turns: LESSON_STEPS,
        cron_job_jobs: whole.cron_job_jobs / 100,
        node_looks: whole.node_looks / 100,
    });
    while recorder.advance(LESSON_STEPS) == Progress::More {}
    recorder.into_recording()
}

impl Found<'_> {
    pub(super) fn run(&mut self, lesson: &Lesson) {
        if self.reading.scenario.manifests.is_empty() {
            return self.say("kind", FaultKind::NoStart);
        }
        if !self.reading.scenario.inputs.is_sorted_by_key(|input| input.at) {
            self.say("kind", FaultKind::InputsUnordered);
        }
        let start = Run::of(self.reading);
        if !start.is_whole() {
            return self.say("kind", FaultKind::TooLong { solution: false });
        }
        if let Some(question) = &lesson.ask {
            self.question(question, lesson, &start);
        }
        self.stops(lesson, &start);
        self.goal(lesson, &start);
    }

    fn question(&mut self, question: &Question, lesson: &Lesson, start: &Run) {
        if question.options.len() < 2 {
            self.say("spec.ask.options", FaultKind::FewOptions);
        }
        if lesson.stops.is_empty() {
            self.say("spec.ask", FaultKind::NoStops);
        }
        let mut holding = Vec::new();
        for (key, check) in &question.options {
            let path = format!("ask.options.{key}");
            if self.note(&path, check, start, None).0 {
                holding.push(key);
            }
        }
        match &holding[..] {
            [] => self.say("spec.ask.options", FaultKind::NoneHolds),
            [first, more @ ..] => more.iter().for_each(|key| {
                self.say(&format!("spec.ask.options.{key}"), FaultKind::AlsoHolds { first: (*first).clone() });
            }),
        }
        if let Cut::After(moment) = &question.cut {
            self.note_moment("ask.at", moment, start);
        }
        self.cut(&question.cut, start);
    }

    fn cut(&mut self, at: &Cut, start: &Run) {
        let Some(place) = cut_at(at, &start.scenario, &start.recording) else {
            return self.say("spec.ask.at", FaultKind::CutNotReached);
        };
        let last = start.recording.steps().len().saturating_sub(1);
        if place.step.is_some_and(|step| step.0 as usize >= last) {
            return self.say("spec.ask.at", FaultKind::NothingLeft);
        }
        // With one more input behind the question, nothing of what is shown is to be different.
        let shown = cut(at, &start.scenario, &start.recording);
        let asked = place.at;
        let mut inputs = start.scenario.inputs.to_vec();
        let behind = inputs.partition_point(|input| input.at <= asked);
        let (at_once, evict) = (asked + Span::from_millis(1), InputAction::Evict(PodSelector::default()));
        inputs.insert(behind, Input::new(at_once, evict));
        let other = Scenario { inputs: inputs.into(), ..start.scenario.clone() };
        let recording = recorded(&other);
        if cut(at, &other, &recording) != shown {
            self.say("spec.ask.at", FaultKind::Leaks);
        }
    }

    fn stops(&mut self, lesson: &Lesson, start: &Run) {
        let question = lesson.ask.as_ref();
        let asked = question.and_then(|question| cut_at(&question.cut, &start.scenario, &start.recording)?.step);
        let mut above = None;
        for stop in &lesson.stops {
            let path = format!("stops.{}", stop.key);
            self.note_moment(&path, &stop.moment, start);
            let place = format!("spec.{path}");
            let Some(step) = step_of(&stop.moment, &start.scenario, &start.recording) else {
                self.say(&place, FaultKind::StopNotReached);
                continue;
            };
            if asked.is_some_and(|asked| step < asked) {
                self.say(&place, FaultKind::StopBeforeQuestion);
            }
            match &above {
                Some((key, before)) if step < *before => {
                    self.say(&place, FaultKind::StopUnordered { above: Rc::clone(key) });
                }
                _ => above = Some((Rc::clone(&stop.key), step)),
            }
        }
    }

    fn goal(&mut self, lesson: &Lesson, start: &Run) {
        let solution = lesson.solution.as_deref().map(read);
        match (has_task(lesson), &solution) {
            (true, None) => self.say("spec.goal", FaultKind::NoSolution),
            (false, Some(_)) => self.say("spec.solution", FaultKind::NoGoal),
            _ => {}
        }
        let solved = solution.as_ref().and_then(|reading| self.solved(reading));
        let mut met = has_task(lesson);
        for goal in &lesson.goals {
            let path = format!("goal.{}", goal.key);
            let (holds, missed) = self.note(&path, &goal.check, start, solved.as_ref());
            met &= holds;
            if let Some(missed) = missed {
                self.say(&format!("spec.{path}"), FaultKind::GoalMissed(missed.into()));
            }
        }
        if met {
            self.say("spec.goal", FaultKind::GoalMet);
        }
        let Some(solution) = solution.filter(|solution| !solution.has_errors()) else { return };
        for (number, kept) in lesson.keep.iter().enumerate() {
            if !stays(kept, self.reading, &solution) {
                self.say(&format!("spec.keep[{number}]"), FaultKind::KeptChanged);
            }
        }
    }

    /// The solution as it runs; `None` if it cannot.
    fn solved(&mut self, solution: &Reading) -> Option<Run> {
        let refused = solution.diagnostics.iter().filter(|diagnostic| diagnostic.tier() == Tier::Refused);
        for diagnostic in refused.clone().take(SOLUTION_FAULTS) {
            let (line, column) = line_column(&solution.text, diagnostic.span.start);
            self.say("spec.solution", FaultKind::InSolution(line, column, diagnostic.code.clone()));
        }
        if refused.count() > 0 {
            return None;
        }
        if solution.lesson.is_some() || solution.course.is_some() {
            self.say("spec.solution", FaultKind::LessonInSolution);
        }
        let run = Run::of(solution);
        if !run.is_whole() {
            self.say("spec.solution", FaultKind::TooLong { solution: true });
            return None;
        }
        Some(run)
    }

    /// Notes what a check says; whether it holds on the start, and what the solution misses.
    fn note(
        &mut self,
        path: &str,
        check: &Check,
        start: &Run,
        solution: Option<&Run>,
    ) -> (bool, Option<(Check, super::super::Observation)>) {
        let ask = |run: &Run| observe(check, &run.scenario, &run.recording);
        let reaches = |run: &&Run| times(check).into_iter().all(|at| run.recording.covers(at));
        if ![Some(start), solution].iter().flatten().all(reaches) {
            self.say(&format!("spec.{path}"), FaultKind::Beyond);
        }
        let line = Line {
            path: path.to_owned(),
            check: Rc::new(check.clone()),
            start: ask(start),
            solution: solution.map(ask),
        };
        let missed = line.solution.clone().filter(|seen| !seen.holds).map(|seen| (check.clone(), seen));
        let holds = line.start.holds;
        self.lines.push(line);
        (holds, missed)
    }

    fn note_moment(&mut self, path: &str, moment: &Moment, start: &Run) {
        let check = Check::Moment { moment: moment.clone(), after: None, before: None, never: false };
        let seen = observe(&check, &start.scenario, &start.recording);
        self.lines.push(Line { path: path.to_owned(), check: Rc::new(check), start: seen, solution: None });
    }
}

/// The instants at which a check looks.
fn times(check: &Check) -> Vec<Time> {
    match check {
        Check::Count { at, .. } | Check::Job { at, .. } | Check::Logs { at, .. } | Check::Field { at, .. } => {
            at.iter().copied().collect()
        }
        // What is not to come until then may come later; what is to come has come.
        Check::Moment { before, never: true, .. } => before.iter().copied().collect(),
        Check::Moment { .. } | Check::Peak { .. } | Check::Accepted(_) | Check::Refused(_) => Vec::new(),
        Check::All(parts) | Check::Any(parts) => parts.iter().flat_map(times).collect(),
        Check::Not(part) => times(part),
    }
}
