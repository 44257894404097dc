//! Where the program is cut: a function for each chunk, which puts the chunk's tables where they are looked for. What these
//! functions reach and nothing else does is the chunk; what several of them reach becomes a file of its own, which comes
//! with each of them.
//!
//! The macro writes declarations of functions outside of Rust, by whose names the tool knows where to cut: the only ones
//! in this crate, and what the lint is for.
#![allow(unsafe_code)]

use crate::api::validation;
use crate::texts::{self, Lang};
use crate::web::app::{dialogs, examples, view};
use crate::web::browser::exports;
use crate::web::lessons::{author, card, phone, question};
use crate::web::spec::{cluster, editor, margin};
use crate::web::state::edits;
use crate::web::state::lesson::asked;
use crate::web::timeline::{crowd, fault_menu, story, table};
use crate::web::why::summary;
use crate::web::{detail, why};
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
    why::WHY.bring(&why::DRAW_WHY);
    summary::SUMMARY.bring(&summary::DRAW_SUMMARY);
    detail::DETAIL.bring(&detail::DRAW_DETAIL);
    margin::INSIGHT.bring(&margin::INSIGHTS);
    view::ALL_AT.bring(&view::TOLD_AT);
    editor::card_opening::WITHOUT.bring(&editor::card_opening::RUN_WITHOUT);
    cluster::CLUSTER.bring(&cluster::DRAW_CLUSTER);
    dialogs::DIALOG.bring(&dialogs::DRAW_DIALOG);
    examples::EXAMPLES_LIST.bring(&examples::DRAW_EXAMPLES_LIST);
    fault_menu::FAULT_MENU.bring(&fault_menu::DRAW_FAULT_MENU);
    crowd::CROWD.bring(&crowd::DRAW_CROWD);
    story::STORY.bring(&story::DRAW_STORY);
    table::TABLE.bring(&table::DRAW_TABLE);
    question::QUESTION.bring(&question::DRAW_QUESTION);
    card::CARD.bring(&card::DRAW_CARD);
    phone::HEAD.bring(&phone::DRAW_HEAD);
    phone::FOOT.bring(&phone::DRAW_FOOT);
    author::AUTHOR.bring(&author::DRAW_AUTHOR);
    exports::TRACE.bring(&exports::LINES);
    Ok(())
}
