//! Native selects: which of the options that they list was chosen.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// What was chosen in a select whose options are all of these, in this order.
pub(crate) fn chosen<T: Copy>(event: &Event, all: &[T]) -> T {
    let select = event.target_dyn_into::<HtmlSelectElement>();
    let at = select.map_or(0, |select| select.selected_index().max(0) as usize);
    all[at.min(all.len() - 1)]
}
