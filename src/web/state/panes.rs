//! How the regions share the window, where several stand side by side.

use std::ops::RangeInclusive;

/// An edge between two regions, which can be moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Edge {
    /// Between the spec and the timeline.
    Spec,
    /// Between those two and what is below them.
    Upper,
    /// Between WHY and the details.
    Why,
}

impl Edge {
    pub(crate) const ALL: [Edge; 3] = [Edge::Spec, Edge::Upper, Edge::Why];

    /// Where it may stand, in thousandths of the room of both regions.
    pub(crate) fn bounds(self) -> RangeInclusive<u16> {
        match self {
            Edge::Spec => 180..=600,
            Edge::Upper => 300..=850,
            Edge::Why => 250..=800,
        }
    }
}

/// Where the edges stand, and whether the spec is folded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Panes {
    /// Thousandths, for each of [`Edge::ALL`]; `None` where nobody has moved it: then it is where the style sheet has it.
    edges: [Option<u16>; 3],
    pub(crate) is_folded: bool,
}

/// What stands for a folded spec where panes are kept.
const FOLDED: &str = "folded";

impl Panes {
    pub(crate) fn edge(&self, edge: Edge) -> Option<u16> {
        self.edges[edge as usize]
    }

    /// The same with an edge somewhere else; with `None` where the style sheet has it.
    pub(crate) fn with(mut self, edge: Edge, at: Option<u16>) -> Panes {
        let bounds = edge.bounds();
        self.edges[edge as usize] = at.map(|at| at.clamp(*bounds.start(), *bounds.end()));
        self
    }

    /// The same with the spec folded, or not.
    pub(crate) fn folded(self, is_folded: bool) -> Panes {
        Panes { is_folded, ..self }
    }

    /// One word for each edge, and one for a folded spec.
    pub(crate) fn kept(&self) -> String {
        let edges = self.edges.iter().map(|at| at.map_or("-".to_owned(), |at| at.to_string()));
        edges.chain(self.is_folded.then(|| FOLDED.to_owned())).collect::<Vec<_>>().join(" ")
    }

    /// What [`Panes::kept`] made; what cannot be read is where the style sheet has it.
    pub(crate) fn read(kept: &str) -> Panes {
        let words: Vec<&str> = kept.split(' ').collect();
        let mut panes = Panes { is_folded: words.contains(&FOLDED), ..Panes::default() };
        for (edge, word) in Edge::ALL.into_iter().zip(words) {
            panes = panes.with(edge, word.parse().ok());
        }
        panes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panes_are_read_as_they_were_kept() {
        let panes = Panes::default();
        let moved = panes.with(Edge::Upper, Some(555)).with(Edge::Why, Some(400));
        for panes in [panes, moved, moved.folded(true)] {
            assert_eq!(Panes::read(&panes.kept()), panes, "{}", panes.kept());
        }
        assert_eq!(moved.kept(), "- 555 400");
        assert_eq!(moved.with(Edge::Upper, None).kept(), "- - 400");
    }

    #[test]
    fn what_cannot_be_read_moves_nothing() {
        for kept in ["", "x", "-", "1e9 - -", "70000 -1 ?"] {
            assert_eq!(Panes::read(kept), Panes::default(), "{kept}");
        }
    }

    #[test]
    fn no_region_is_closed_by_its_edge() {
        for edge in Edge::ALL {
            let (least, most) = edge.bounds().into_inner();
            assert_eq!(Panes::default().with(edge, Some(0)).edge(edge), Some(least));
            assert_eq!(Panes::default().with(edge, Some(1000)).edge(edge), Some(most));
        }
    }
}
