//! What is shared.

use crate::explain::Selection;
use crate::manifest::Reading;
use crate::texts::Lang;
use crate::time::Time;
use crate::web::state::action::Action;
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use yew::prelude::*;

/// What is shared.
#[derive(Clone, PartialEq)]
pub(crate) struct ShareProps {
    /// The text as it was read.
    pub(crate) reading: Shared<Reading>,
    /// Its run; `None` if what is shown is not the run of this text.
    pub(crate) stage: Option<Shared<Stage>>,
    pub(crate) playhead: Time,
    pub(crate) selection: Option<Selection>,
    /// What its files are called, without an ending.
    pub(crate) name: AttrValue,
    pub(crate) lang: Lang,
    pub(crate) on_action: Callback<Action>,
}
