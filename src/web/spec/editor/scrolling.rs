//! Scrolling: which lines are in sight and drawn, and how a place comes into sight.

use super::across::Across;
use super::card::By;
use super::sight::Sight;
use super::{Editor, text_box};
use web_sys::{HtmlElement, HtmlTextAreaElement};
use yew::prelude::*;

/// Lines drawn above and below those in sight, so that scrolling shows no gaps.
pub(super) const MARGIN: usize = 20;
/// The number of lines in sight until it is measured.
pub(super) const FIRST_SIGHT: usize = 24;

impl Editor {
    pub(super) fn first_drawn(&self) -> usize {
        self.sight.start.saturating_sub(MARGIN)
    }

    /// What was opened by key scrolls along; what the pointer opened is closed.
    pub(super) fn scrolled(&mut self, ctx: &Context<Editor>) -> bool {
        let closed = self.list.take().is_some() | self.hover.close_if(By::Pointer);
        let moved = self.look(ctx);
        let subject = self.hover.card.as_ref().map(|card| card.subject.clone());
        let placed = subject.is_some_and(|subject| self.open(ctx, subject, By::Key));
        closed || moved || placed
    }

    /// Finds out which lines are in sight. Returns whether others have to be drawn.
    pub(super) fn look(&mut self, ctx: &Context<Editor>) -> bool {
        let Some(scroller) = self.scroller.cast::<HtmlElement>() else { return false };
        let height = self.measure(ctx).map_or(22.0, |sight| sight.line_height());
        let first = (f64::from(scroller.scroll_top()) / height) as usize;
        let last = first + (f64::from(scroller.client_height()) / height) as usize + 1;
        // Only when the margin is half used up: scrolling a few lines costs nothing.
        let moved = first.abs_diff(self.sight.start) > MARGIN / 2 || last > self.sight.end + MARGIN / 2;
        if moved {
            self.sight = first..last;
        }
        moved | self.look_across(&scroller)
    }

    /// Finds out which part of very long lines is in sight. Returns whether another one has to be drawn.
    fn look_across(&mut self, scroller: &HtmlElement) -> bool {
        let Some(ruler) = self.ruler.cast::<HtmlElement>().filter(|_| self.layer.has_long()) else { return false };
        let measure = ruler.get_bounding_client_rect();
        if measure.width() <= 0.0 {
            return false;
        }
        let from = f64::from(scroller.scroll_left());
        let to = from + f64::from(scroller.client_width());
        let across = Across { from, to, narrow: measure.width() / 1000.0, wide: measure.height() / 100.0 };
        let moved = !across.is_covered_by(&self.across);
        if moved {
            self.across = across;
        }
        moved
    }

    pub(super) fn measure<'a>(&'a self, ctx: &'a Context<Editor>) -> Option<Sight<'a>> {
        let scroller = self.scroller.cast()?;
        let text = &ctx.props().reading.text[self.layer.range.clone()];
        Some(Sight { scroller, first: self.first_drawn(), layer: &self.layer, across: self.across, text })
    }

    /// Selects these bytes and scrolls to them.
    pub(super) fn show(&mut self, ctx: &Context<Editor>) {
        let reveal = &ctx.props().reveal;
        let (Some(text_box), Some(scroller)) =
            (self.text_box.cast::<HtmlTextAreaElement>(), self.scroller.cast::<HtmlElement>())
        else {
            return;
        };
        let length = self.layer.range.len();
        let within = |byte: usize| byte.saturating_sub(self.layer.range.start).min(length);
        let (start, end) = (within(reveal.bytes.start), within(reveal.bytes.end));
        if reveal.focus {
            // Focus can only fail for an element outside the page.
            let _ = text_box.focus();
        }
        text_box::select(&text_box, if reveal.focus { start..end } else { end..end });
        let line = self.layer.lines.partition_point(|line| line.end < start);
        let height = self.measure(ctx).map_or(22.0, |sight| sight.line_height());
        let top = (line as f64 * height) as i32;
        let (seen, room) = (scroller.scroll_top(), scroller.client_height());
        if top < seen || top + 2 * height as i32 > seen + room {
            scroller.set_scroll_top(top - room / 3);
        }
        if let Some(long) = self.layer.long(line) {
            let left = long.pixels(start - self.layer.lines[line].start.min(start), &self.across) as i32;
            let (seen, room) = (scroller.scroll_left(), scroller.client_width());
            if left < seen || left + 60 > seen + room {
                scroller.set_scroll_left(left - room / 3);
            }
        }
    }
}
