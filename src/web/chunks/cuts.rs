//! Where the program is cut: a function for each chunk, which puts the chunk's tables where they are looked for. What these
//! functions reach and nothing else does is the chunk; what several of them reach becomes a file of its own, which comes
//! with each of them.
//!
//! The macro writes declarations of functions outside of Rust, by whose names the tool knows where to cut: the only ones
//! in this crate, and what the lint is for.
#![allow(unsafe_code)]

use crate::api::validation;
use crate::texts::{self, Lang};
use crate::web::app::dialogs::DialogProps;
use crate::web::app::examples::ExamplesProps;
use crate::web::app::view;
use crate::web::browser::exports;
use crate::web::console::ConsoleProps;
use crate::web::controls::late::LatePiece;
use crate::web::detail::DetailProps;
use crate::web::lessons::phone::{Foot, Head};
use crate::web::lessons::{AuthorProps, CardProps, QuestionProps};
use crate::web::spec::cluster::ClusterProps;
use crate::web::spec::{editor, margin};
use crate::web::state::console::turn;
use crate::web::state::edits;
use crate::web::state::lesson::asked;
use crate::web::timeline::StoryProps;
use crate::web::timeline::crowd::CrowdProps;
use crate::web::timeline::fault_menu::FaultMenuProps;
use crate::web::timeline::table::TableProps;
use crate::web::why::{WhyProps, WhySummary};
use wasm_split_helpers::{SplitLoaderError, wasm_split};

type Brought = Result<(), SplitLoaderError>;

/// English.
#[wasm_split(en, fallible)]
pub(super) fn en() -> Brought {
    Lang::En.bring(&texts::EN);
    Ok(())
}

/// Chinese.
#[wasm_split(zh, fallible)]
pub(super) fn zh() -> Brought {
    Lang::Zh.bring(&texts::ZH);
    Ok(())
}

/// The rules of the API server, what there is to say about a text, and edits of it.
#[wasm_split(check, fallible)]
pub(super) fn check() -> Brought {
    validation::RULES.bring(&validation::ALL_RULES);
    margin::REVIEWER.bring(&margin::REVIEWS);
    edits::EDITS.bring(&edits::ALL_EDITS);
    asked::ASKED.bring(&asked::ALL_ASKED);
    editor::card::FIELD_AT.bring(&editor::card::FIELDS);
    editor::list::COMPLETE.bring(&editor::list::COMPLETIONS);
    Ok(())
}

/// WHY, details, dialogs, menus, lists, and what looks through a run.
#[wasm_split(more, fallible)]
pub(super) fn more() -> Brought {
    WhyProps::bring();
    WhySummary::bring();
    DetailProps::bring();
    ClusterProps::bring();
    DialogProps::bring();
    ExamplesProps::bring();
    FaultMenuProps::bring();
    CrowdProps::bring();
    StoryProps::bring();
    TableProps::bring();
    QuestionProps::bring();
    CardProps::bring();
    Head::bring();
    Foot::bring();
    AuthorProps::bring();
    margin::INSIGHT.bring(&margin::INSIGHTS);
    view::ALL_AT.bring(&view::TOLD_AT);
    editor::card_opening::WITHOUT.bring(&editor::card_opening::RUN_WITHOUT);
    exports::TRACE.bring(&exports::LINES);
    Ok(())
}

/// The console: kubectl, its prompt and what is printed.
#[wasm_split(console, fallible)]
pub(super) fn console() -> Brought {
    ConsoleProps::bring();
    turn::RUNNER.bring(&turn::RUNS);
    Ok(())
}
