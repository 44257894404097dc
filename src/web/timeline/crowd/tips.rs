//! What the cell under the pointer is, in words. Drawn apart from the cells: they stay as they are while the pointer moves.

use super::super::cell_grid::CellGrid;
use super::super::layout::percent;
use super::{CrowdProps, what_is};
use crate::web::controls::piece::Piece;
use web_sys::Element;
use yew::functional::{Hook, HookContext};
use yew::prelude::*;

#[derive(Clone, PartialEq)]
pub(super) struct TipsProps {
    pub(super) crowd: CrowdProps,
    pub(super) grid: CellGrid,
    /// The element that the cells lie in.
    pub(super) area: NodeRef,
}

impl Piece for TipsProps {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        use_tips(self).run(hooks)
    }
}

#[hook]
fn use_tips(props: &TipsProps) -> Html {
    let over = use_state_eq(|| None::<(usize, u16)>);
    let onpointermove = {
        let (over, area, grid) = (over.clone(), props.area.clone(), props.grid);
        Callback::from(move |event: PointerEvent| {
            let Some(rect) = area.cast::<Element>().map(|area| area.get_bounding_client_rect()) else { return };
            let x = f64::from(event.client_x()) - rect.left();
            let cell = grid.cell_at(x, f64::from(event.client_y()) - rect.top());
            // A row is as wide as the lane: its words stand where the pointer is, in steps.
            let tenths = (x * 20.0 / rect.width().max(1.0)).clamp(0.0, 20.0) as u16;
            over.set(cell.map(|cell| (cell, tenths)));
        })
    };
    let onpointerleave = {
        let over = over.clone();
        Callback::from(move |_: PointerEvent| over.set(None))
    };
    let tip = over.and_then(|(cell, place)| Some((what_is(&props.crowd, cell)?, props.grid.corner(cell)?.1, place)));
    let tip = tip.map(|(words, y, place)| {
        let share = f64::from(place) / 20.0;
        let side =
            if place > 10 { format!("right:{}", percent(1.0 - share)) } else { format!("left:{}", percent(share)) };
        html! { <p ~style={format!("{side};top:{:.0}px", y + props.grid.height)}>{ words }</p> }
    });
    html! { <div class="tips" aria-hidden="true" {onpointermove} {onpointerleave}>{ tip.unwrap_or_default() }</div> }
}
