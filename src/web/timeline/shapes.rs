//! Shapes of the tracks: stretches, words, and marks at a time. Written once: every further one in
//! `html!` is half a KB of WebAssembly.

use yew::prelude::*;

/// From where a stretch goes, and how far: shares of the track.
pub(super) type Extent = (String, String);

/// A stretch of the track, as a rectangle.
pub(super) fn stretch(
    class: &'static str,
    extent: &Extent,
    y: &'static str,
    height: &'static str,
    rx: &'static str,
) -> Html {
    let (x, width) = extent.clone();
    html! { <rect {class} {x} {y} {width} {height} {rx}/> }
}

/// A line along the track, dashed.
pub(super) fn dashes(extent: &Extent, y: &'static str, stroke: &'static str, dashes: &'static str) -> Html {
    let (x, width) = extent.clone();
    html! { <rect {x} {y} {width} height="0.01" {stroke} stroke-width="1.5" stroke-dasharray={dashes}/> }
}

/// Words at a place, which is their `start`, `middle` or `end`.
pub(super) fn label(
    class: &'static str,
    (x, dx): (&str, &str),
    y: impl Into<AttrValue>,
    anchor: &'static str,
    text: impl Into<AttrValue>,
) -> Html {
    text_of(class, (x, dx), y.into(), anchor, text.into())
}

fn text_of(class: &'static str, (x, dx): (&str, &str), y: AttrValue, anchor: &'static str, text: AttrValue) -> Html {
    let (x, dx) = (x.to_owned(), dx.to_owned());
    html! { <text {class} {x} {dx} {y} text-anchor={anchor}>{ text }</text> }
}

/// A mark that has a size of its own, at a place.
pub(super) fn mark(x: &str, y: &'static str, mark: Html) -> Html {
    let x = x.to_owned();
    html! { <svg {x} {y} overflow="visible">{ mark }</svg> }
}

/// Marks that stand so near to each other that the first stands for all: their positions. `is_apart` is asked with the
/// mark before, the mark, and the pixels between the first of the pile and the mark.
pub(super) fn piles<T>(
    marks: &[T],
    x: impl Fn(&T) -> f64,
    is_apart: impl Fn(&T, &T, f64) -> bool,
) -> Vec<std::ops::Range<usize>> {
    let mut piles: Vec<std::ops::Range<usize>> = Vec::new();
    for (number, mark) in marks.iter().enumerate() {
        match piles.last_mut() {
            Some(pile) if !is_apart(&marks[number - 1], mark, x(mark) - x(&marks[pile.start])) => pile.end = number + 1,
            _ => piles.push(number..number + 1),
        }
    }
    piles
}
