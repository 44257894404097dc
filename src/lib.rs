//! Job Playground: a page in which anyone can paste a Kubernetes Job, break it, rewind it and ask *why*. Kubernetes
//! 1.36.3 is modelled, and no other version.
//!
//! # From above
//!
//! One text decides everything: ordinary manifests and, behind `---`, a Scenario that says what the programs do and
//! what happens to them. All else is derived by pure functions:
//!
//! ```text
//! text ──manifest──▶ Scenario ──recording──▶ Recording ──timeline──▶ Timeline ──web──▶ picture
//!                                                └──────explain──▶ Why ──texts──▶ sentences
//! ```
//!
//! - **Simulate first, then play the film.** A run is computed at once, in virtual time ([`recording::Recorder`]).
//!   Playing, stepping and rewinding only move a playhead over it.
//! - **A gesture is an edit of the text.** "Evict this pod at 00:30" adds a line; the film is recorded anew. Undo,
//!   sharing and comparing are therefore one mechanism.
//! - **Everything has a reason.** A [`cluster::reason::Step`] is what one component did at one instant: what woke it,
//!   every decision with its numbers (decisions *not* to act too), what it wrote, which events it sent.
//!
//! # The rooms, from the ground up
//!
//! | module | what it is | it must not know |
//! |---|---|---|
//! | [`limits`] | how much is read, guessed and recorded: all budgets in one table | everything |
//! | [`late`] | tables of what may come later than the rest: the page is downloaded in chunks | what is in them |
//! | [`time`], [`chance`] | virtual milliseconds; draws without a stream | – |
//! | [`program`] | what a program in a container does; the guess from its command, `sleep 5 && exit 1` | pods |
//! | [`api`] | the nouns: Job, Pod, CronJob, Event; what the API server fills in and refuses | controllers |
//! | [`cluster`] | the machine: store, controllers, kubelet; [`cluster::Cluster::step`] | texts, scenarios |
//! | [`scenario`] | what a run is made of | how it was written |
//! | [`manifest`] | text ⇄ scenario, with places; edits that keep every other byte | what a run does |
//! | [`recording`] | the film: versions and steps; any moment is a binary search | what it is for |
//! | [`timeline`] | lanes, bars, marks; no pixels, no words | explanation |
//! | [`explain`] | from a mark to the field, fault or rule that caused it; no words | languages |
//! | [`lessons`] | what a recording says to the checks of a lesson, and whether a lesson is sound; no words | languages |
//! | [`advice`] | what to say about a text, what fixes it, what could stand where; no words | languages |
//! | [`texts`] | words, in every language of the product | the browser |
//! | [`kubectl`] | what kubectl prints at a moment, and what its commands do | the browser |
//! | [`picture`] | a timeline in a frame: the poster, and the film that a player without the engine shows | the browser |
//! | [`examples`] | the texts that everybody has | how they are shown |
//! | [`conformance`] | the judge: recorded cases of the real controllers | – |
//! | `web` | the browser, behind feature `web` | how anything is decided |
//!
//! A lower room never names a higher one; `tests/architecture` reads every path of every file.
//!
//! # Where numbers lead
//!
//! Comments and tests cite facts about Kubernetes by number. `JC-56`, `EC-12`, `DC-2` and `C21.8` are in
//! `docs/controllers.md`, `V8.13` in `docs/validation.md`, `K3.1` in `docs/kubectl.md`; the format of a text is in
//! `docs/scenario.md`, and the numbered reference cluster in `tests/conformance/README.md`. `tests/docs.rs` finds every
//! cited number there. Recordings of the real controllers win over all of these.
//!
//! # What always holds
//!
//! - The same text gives the same recording, to the byte, natively and in WebAssembly: no clock, no random stream, no
//!   hash order, no threads in the engine. Within an instant there is one order ([`cluster::Cluster::step`]).
//! - Components never call each other; they meet in the store, as in Kubernetes. All are control loops of one shape, in
//!   one list (`cluster::components`): `observe` (a write: does it concern me?), `next_due` (when is it my turn?) and
//!   `act` (take the next key, decide, write through the API server).
//! - Reading never fails: it returns a value and diagnostics with places.
//! - A sync costs as much as there are pods that have not ended or are not counted yet, never more.
//! - Everything that a text can make large has a budget ([`limits`]). A recording is full at some size
//!   ([`recording::Capacity`]); the page keeps less than a terminal, and what it keeps
//!   is the beginning of the same film.
//!
//! # In code
//!
//! ```
//! use job_playground::explain::{self, Names};
//! use job_playground::{cluster::reason::StepId, manifest, recording::Recording, texts::Lang};
//!
//! let text = "
//! apiVersion: batch/v1
//! kind: Job
//! metadata: {name: pi}
//! spec:
//!   backoffLimit: 0
//!   template:
//!     spec:
//!       restartPolicy: Never
//!       containers: [{name: main, image: busybox, command: [sh, -c, exit 1]}]";
//! let scenario = manifest::read(text).scenario;
//! let recording = Recording::of(&scenario);
//!
//! // Every decision can be asked for its cause; here it is the last one.
//! let end = StepId(recording.steps().len() as u32);
//! let decision = explain::previous(&recording, &scenario, end).expect("a decision");
//! let why = explain::why(&recording, &scenario, decision).expect("a step of this recording");
//! let sentence = (Lang::En.explain().statement)(&why.statement, Names::new(&recording, why.key)).plain();
//! assert!(sentence.starts_with("The Job fails"), "{sentence}");
//! assert!(sentence.ends_with("1 is more than backoffLimit: 0."), "{sentence}");
//! ```

pub mod advice;
pub mod api;
pub mod chance;
pub mod cluster;
// The judge reads files: there are none in a browser.
pub mod conformance;
pub mod examples;
pub mod explain;
pub mod kubectl;
pub mod late;
pub mod lessons;
pub mod limits;
pub mod manifest;
mod order;
pub mod picture;
pub mod program;
pub mod recording;
pub mod scenario;
pub mod texts;
pub mod time;
pub mod timeline;
#[cfg(feature = "web")]
pub mod web;
