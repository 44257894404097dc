//! How much of the track words have for themselves, so that a player that draws it less wide leaves out what would lie
//! on each other.

use super::labels::text_width;
use super::{Kind, Shape};

/// Words on lines that are closer than this can touch.
const LINE: f64 = 13.0;
/// Between two words.
const BETWEEN: f64 = 4.0;

/// Shares the track out among the words of a lane that have neighbours.
pub(super) fn share_out(shapes: &mut [Shape], width: f64) {
    for one in 0..shapes.len() {
        if shapes[one].kind.is_words() {
            let others = shapes.iter().enumerate().filter(|(other, shape)| {
                *other != one && shape.kind.is_words() && (shape.y - shapes[one].y).abs() < LINE
            });
            let room = others.fold(shapes[one].w, |room, (_, other)| room.min(room_beside(&shapes[one], other, width)));
            shapes[one].w = room;
        }
    }
}

/// How far words reach to the left and to the right of their place, in pixels.
pub(super) fn reach(words: &Shape) -> (f64, f64) {
    let width = text_width(&words.text);
    match words.kind {
        Kind::Start => (-words.h, words.h + width),
        Kind::End => (width - words.h, words.h),
        _ => (width / 2.0 - words.h, width / 2.0 + words.h),
    }
}

/// The room that words have beside others: both get what they need of the distance, in proportion.
fn room_beside(words: &Shape, other: &Shape, width: f64) -> f64 {
    let (own, theirs) = (reach(words), reach(other));
    let is_left = words.x * width - own.0 < other.x * width - theirs.0;
    // Towards the other.
    let (own, theirs) = if is_left { (own.1, theirs.0) } else { (own.0, theirs.1) };
    let distance = (other.x - words.x).abs();
    let grows = match words.kind {
        Kind::Start => is_left,
        Kind::End => !is_left,
        _ => true,
    };
    if !grows || own <= 0.0 {
        return f64::MAX;
    }
    let part = distance * own / (own + theirs.max(0.0) + BETWEEN);
    if words.kind == Kind::Middle { 2.0 * part } else { part }
}
