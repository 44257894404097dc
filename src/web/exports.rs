//! What scripts may call as `wasmBindings.…`: browser tests compare the page's engine with the native one, and benches
//! measure it. Nothing of the page itself goes this way.

use crate::manifest;
use crate::recording::Recording;
use crate::time::Time;
use wasm_bindgen::prelude::wasm_bindgen;

/// The lines that `job-playground run FILE --trace` prints for a text; `name` is the file's name without `.yaml`.
#[wasm_bindgen]
pub fn trace(text: &str, name: &str) -> String {
    Recording::of(&manifest::read(text).scenario).trace(name).join("\n") + "\n"
}

/// Panics, to see what becomes of the page.
#[wasm_bindgen]
pub fn panic(message: &str) {
    panic!("{message}");
}

/// A recording to measure from outside: the page has no clock to measure with.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Bench {
    recording: Recording,
}

#[wasm_bindgen]
impl Bench {
    /// Records a text.
    #[wasm_bindgen(constructor)]
    pub fn new(text: &str) -> Bench {
        Bench { recording: Recording::of(&manifest::read(text).scenario) }
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
