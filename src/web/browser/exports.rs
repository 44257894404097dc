//! What scripts may call as `wasmBindings.…`: browser tests compare the page's engine with the native one, and benches
//! measure it. The page itself does not use it.

use crate::api::validation;
use crate::late::Late;
use crate::manifest;
use crate::recording::Recording;
use crate::scenario::Scenario;
use crate::time::Time;
use crate::timeline::Timeline;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;

/// The lines that `job-playground run FILE --trace`, or `--trace=2`, prints for a text; `name` is the file's name without
/// `.yaml`, `time_zones` the content of `static/time-zones.bin` for a text that names one.
#[wasm_bindgen]
pub fn trace(text: &str, name: &str, version: u8, time_zones: Option<Box<[u8]>>) -> String {
    let scenario = Scenario { time_zones: time_zones.map(Rc::from), ..manifest::read(text).scenario };
    let recording = Recording::of(&scenario);
    TRACE.get().map(|trace| trace(&recording, name, version)).unwrap_or_default()
}

/// The lines of a recording: come with a chunk.
pub(crate) static TRACE: Late<fn(&Recording, &str, u8) -> String> = Late::new(&LINES);
pub(crate) static LINES: fn(&Recording, &str, u8) -> String = |recording, name, version| {
    let lines = if version == 2 { recording.trace_2(name) } else { recording.trace(name) };
    lines.join("\n") + "\n"
};

/// Whether all of the program is there. Before that nothing is refused, and there are no traces.
#[wasm_bindgen]
pub fn is_whole() -> bool {
    validation::RULES.get().is_some() && TRACE.get().is_some()
}

/// Whether a text names a time zone.
#[wasm_bindgen]
pub fn needs_time_zones(text: &str) -> bool {
    manifest::read(text).scenario.needs_time_zones()
}

/// The memory that the program has allocated, in bytes. It never shrinks.
#[wasm_bindgen]
pub fn memory_bytes() -> f64 {
    let memory: js_sys::WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
    let bytes: js_sys::ArrayBuffer = memory.buffer().unchecked_into();
    f64::from(bytes.byte_length())
}

/// Panics, so that tests can see what the page does then.
#[wasm_bindgen]
pub fn panic(message: &str) {
    panic!("{message}");
}

/// A recording to be measured from outside: the engine has no clock.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Bench {
    scenario: Scenario,
    recording: Recording,
}

#[wasm_bindgen]
impl Bench {
    /// Records a text.
    #[wasm_bindgen(constructor)]
    pub fn new(text: &str) -> Bench {
        let scenario = manifest::read(text).scenario;
        Bench { recording: Recording::of(&scenario), scenario }
    }

    /// Lays it out; returns how many Jobs there are.
    pub fn layout(&self) -> usize {
        Timeline::of(&self.recording, &self.scenario).jobs.len()
    }

    /// When the recording ends, in milliseconds.
    pub fn end(&self) -> f64 {
        self.recording.end().map_or(0.0, |(_, at)| at.millis() as f64)
    }

    /// Looks at every pod at a time in milliseconds; returns how many are there.
    pub fn seek(&self, at: f64) -> usize {
        self.recording.pods_at(Time::from_millis(at as i64)).count()
    }
}
