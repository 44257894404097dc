//! The table of the cluster: its nodes, its images, what is missing. It shows what the Scenario says, and each gesture
//! changes the Scenario's text.

mod cell;
mod proposal;
mod stepping;

pub(crate) use proposal::line as first_line;

use crate::api::Capacity;
use crate::cluster::inventory::{ImageRule, PullError};
use crate::explain::Marks;
use crate::limits::CLUSTER_LINES;
use crate::manifest::edit::{ClusterChange, ClusterList, cluster_field};
use crate::manifest::{DocumentKind, Place, Reading};
use crate::web::browser;
use crate::web::controls::button::{icon_button, press};
use crate::web::controls::icon::icon;
use crate::web::controls::late::drawn_late;
use crate::web::controls::select::chosen;
use crate::web::spec::margin::Notes;
use crate::web::state::action::Action;
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use crate::web::why::sentence;
use cell::{CellProps, Kind, cell, shown};
use serde_json::Value;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::HtmlElement;
use yew::functional::Hook;
use yew::prelude::*;

#[derive(PartialEq)]
pub(crate) struct ClusterProps {
    pub(super) stage: Shared<Stage>,
    pub(super) reading: Shared<Reading>,
    pub(super) notes: Notes,
}

drawn_late!(ClusterProps, |props| &props.stage, |props, hooks| use_cluster(props).run(hooks));

/// How many nodes there are: a line may make several.
pub(super) fn node_count(reading: &Reading) -> usize {
    let groups = reading.scenario.cluster.inventory.nodes.iter().flat_map(|groups| groups.iter());
    groups.map(|group| group.count.map_or(1, |count| count as usize)).sum()
}

#[hook]
fn use_cluster(props: &ClusterProps) -> Html {
    let words = props.stage.lang.cluster();
    // What takes the focus once a gesture is drawn.
    let next_focus = use_mut_ref(|| None::<String>);
    use_effect({
        let next_focus = next_focus.clone();
        move || {
            let next = next_focus.borrow_mut().take().and_then(|selector| browser::first::<HtmlElement>(&selector));
            if let Some(next) = next {
                // A page that refuses the focus keeps working.
                let _ = next.focus();
            }
        }
    });
    let is = |kind: fn(&DocumentKind) -> bool| props.reading.documents.iter().any(|document| kind(&document.kind));
    if !is(|kind| *kind == DocumentKind::Scenario) && is(|kind| matches!(kind, DocumentKind::Unreadable(_))) {
        return html! { <div class="nothing"><p>{ words.unreadable }</p></div> };
    }
    let cluster = props.reading.value_at(&Place::scenario("spec.cluster")).unwrap_or_default();
    let table = Table { props, cluster, next_focus };
    html! {
        <div class="cluster">
            { table.list(ClusterList::Nodes) }
            { table.list(ClusterList::Images) }
            { table.list(ClusterList::Missing) }
            { table.room() }
        </div>
    }
}

/// What the lines are drawn from.
struct Table<'a> {
    props: &'a ClusterProps,
    /// `spec.cluster` as it is written, with its mistakes.
    cluster: Value,
    next_focus: Rc<RefCell<Option<String>>>,
}

impl Table<'_> {
    /// A list with its lines, and the button for another one.
    fn list(&self, list: ClusterList) -> Html {
        let words = self.props.stage.lang.cluster();
        let lines: &[Value] = self.cluster[list.name()].as_array().map_or(&[], Vec::as_slice);
        let is_written = self.cluster.get(list.name()).is_some();
        let number = list as usize;
        let head = match list {
            // Names of fields, as they are written.
            ClusterList::Nodes if lines.is_empty() => Html::default(),
            ClusterList::Nodes => html! {
                <p class="heads line" aria-hidden="true"><span/><span>{ words.node }</span>{ for COLUMNS.map(|(_, name)| html! { <span lang="en">{ name }</span> }) }</p>
            },
            _ => html! { <h2>{ words.heads[number - 1] }</h2> },
        };
        let empty = match list {
            ClusterList::Nodes if !is_written => sentence(&(words.unlimited)()),
            ClusterList::Nodes => sentence(&(words.no_nodes)()),
            _ => html! { { words.empty[number - 1] } },
        };
        let (word, name) = words.add[number];
        let (reading, stage) = (self.props.reading.clone(), self.props.stage.clone());
        let add = self.gesture(
            move || ClusterChange::Add(proposal::line(list, &reading.scenario, &stage.recording)),
            format!(".cluster .{} .line:nth-last-child(1 of .line) .entry", list.name()),
        );
        html! {
            <section class={list.name()}>
                { head }
                if lines.is_empty() { <p class="none">{ empty }</p> }
                { for lines.iter().take(CLUSTER_LINES).enumerate().map(|(number, line)| self.line(list, number, line)) }
                if lines.len() > CLUSTER_LINES { <p class="none">{ (words.more)(lines.len() - CLUSTER_LINES) }</p> }
                <button type="button" class={classes!("btn", "add", (number == 0).then_some("ring"))} aria-label={name} onclick={add}>{ icon("plus") }{ word }</button>
            </section>
        }
    }

    fn line(&self, list: ClusterList, number: usize, line: &Value) -> Html {
        let words = self.props.stage.lang.cluster();
        let of_map = |field: &str| shown(&line[field]);
        let name = match list {
            ClusterList::Nodes => of_map("name"),
            ClusterList::Images => of_map("match"),
            ClusterList::Missing => shown(line),
        };
        let of = Line { list, number, name: &name };
        let Columns { main, below } = match list {
            ClusterList::Nodes => self.node(of, line),
            ClusterList::Images => self.image(of, line),
            ClusterList::Missing => Columns { main: vec![self.cell(of, "", Kind::Text, line, "")], below: Vec::new() },
        };
        let remove =
            self.gesture(move || ClusterChange::Remove(list, number), format!(".cluster .{} .add", list.name()));
        let span = self.props.reading.span_of(&cluster_field(list, number, ""));
        let glows = span.is_some_and(|span| self.props.notes.glow.contains(&span));
        html! {
            <div class={classes!("line", glows.then_some("glow"))} role="group" aria-label={name.clone()} key={number}>
                { self.dot(list, number, &name) }
                { for main }
                { icon_button("x", "close", (words.remove)(&name), Some(remove)) }
                if !below.is_empty() { <p class="below">{ for below }</p> }
            </div>
        }
    }

    fn node(&self, of: Line<'_>, line: &Value) -> Columns {
        let words = self.props.stage.lang.cluster();
        let default = Capacity::default();
        let default = |resource: &str| {
            let written = default.written.iter().find(|(name, _)| **name == *resource);
            written.map_or("1".to_owned(), |(_, amount)| amount.to_string())
        };
        let numbers = COLUMNS.map(|(field, resource)| {
            let value = field.split('.').fold(line, |value, key| &value[key]);
            let least = if field == "count" { 1 } else { 0 };
            self.cell(of, field, Kind::Amount(least), value, &default(resource))
        });
        let named = self.cell(of, "name", Kind::Text, &line["name"], "");
        let labels = self.cell(of, "labels", Kind::Labels, &line["labels"], words.none);
        let taints = self.cell(of, "taints", Kind::Texts, &line["taints"], words.none);
        let others = line["capacity"].as_object().into_iter().flatten();
        let others = others.filter(|(resource, _)| !COLUMNS.iter().any(|(_, known)| known == resource));
        let others = others.map(|(resource, amount)| {
            let field = format!("capacity[{resource}]");
            field_of(resource, self.cell(of, &field, Kind::Amount(0), amount, ""))
        });
        Columns {
            main: std::iter::once(named).chain(numbers).collect(),
            below: others.chain([field_of("labels", labels), field_of("taints", taints)]).collect(),
        }
    }

    fn image(&self, of: Line<'_>, line: &Value) -> Columns {
        let words = self.props.stage.lang.cluster();
        let Line { list, number, name } = of;
        let written = line["error"].as_str();
        let mut errors: Vec<Option<PullError>> = std::iter::once(None).chain(PullError::NAMED.map(Some)).collect();
        let own = written.map(PullError::of);
        if !errors.contains(&own) {
            errors.push(own.clone());
        }
        let onchange = {
            let errors = errors.clone();
            let values: Vec<usize> = (0..errors.len()).collect();
            self.props.stage.on_action.reform(move |event: Event| {
                let error = errors[chosen(&event, &values)].as_ref().map(|error| error.as_str().into());
                Action::ChangeCluster(ClusterChange::Set(list, number, "error".to_owned(), error))
            })
        };
        let face = |error: &Option<PullError>| error.as_ref().map_or(words.none, |error| error.as_str()).to_owned();
        let error = html! {
            <select class="entry" aria-label={(words.field)("error", name)} {onchange} key="error">
                { for errors.iter().map(|error| html! { <option selected={*error == own}>{ face(error) }</option> }) }
            </select>
        };
        let pull = ImageRule::DEFAULT_PULL.to_string();
        let pull = self.cell(of, "pull", Kind::Amount(0), &line["pull"], &pull);
        let until = self.cell(of, "until", Kind::Amount(0), &line["until"], words.for_ever);
        let main = vec![self.cell(of, "match", Kind::Text, &line["match"], ""), error];
        Columns { main, below: vec![field_of("pull", pull), field_of("until", until)] }
    }

    fn cell(&self, of: Line<'_>, field: &str, kind: Kind, value: &Value, ghost: &str) -> Html {
        let Line { list, number: line, name } = of;
        let words = self.props.stage.lang.cluster();
        let last = field.rsplit('.').next().unwrap_or_default();
        let span = self.props.reading.span_of(&cluster_field(list, line, field));
        let is_wrong = span.is_some_and(|span| {
            let remarks = &self.props.notes.remarks;
            remarks.iter().any(|remark| span.start <= remark.span.start && remark.span.end <= span.end)
        });
        cell(CellProps {
            list,
            line,
            field: field.to_owned(),
            kind,
            value: shown(value),
            ghost: ghost.to_owned(),
            name: if field.is_empty() { name.to_owned() } else { (words.field)(last, name) },
            hint: words.number_keys,
            is_wrong,
            on_action: self.props.stage.on_action.clone(),
        })
    }

    /// Whether the line came into play; a press goes to what it decided.
    fn dot(&self, list: ClusterList, number: usize, name: &str) -> Html {
        let words = self.props.stage.lang.editor();
        let effects = &self.props.notes.cluster;
        let lines: &[Marks] = match list {
            ClusterList::Nodes => &effects.nodes,
            ClusterList::Images => &effects.images,
            ClusterList::Missing => &effects.missing,
        };
        match lines.get(number) {
            None => html! { <span/> },
            Some(marks) if marks.is_empty() => {
                html! { <span class="dot hollow" role="img" title={words.inert} aria-label={format!("{name}: {}", words.inert)}/> }
            }
            Some(marks) => {
                let title = (words.decided)(marks.len());
                let onclick = press(&self.props.stage.on_action, Action::Cycle(marks.as_slice().into()));
                html! { <button type="button" class="decided" aria-label={format!("{name}: {title}")} {title} {onclick}><span class="dot full"/></button> }
            }
        }
    }

    /// Whether what the pods ask for is there.
    fn room(&self) -> Html {
        let room = self.props.notes.cluster.room.as_ref();
        room.map_or_else(Html::default, |room| {
            html! { <p class="words">{ sentence(&(self.props.stage.lang.cluster().room)(room)) }</p> }
        })
    }

    /// A press changes this, and then what the selector finds has the focus.
    fn gesture(&self, change: impl Fn() -> ClusterChange + 'static, focus: String) -> Callback<MouseEvent> {
        let (on_action, next_focus) = (self.props.stage.on_action.clone(), self.next_focus.clone());
        Callback::from(move |_: MouseEvent| {
            *next_focus.borrow_mut() = Some(focus.clone());
            on_action.emit(Action::ChangeCluster(change()));
        })
    }
}

/// Numbers of a node that have a column of their own: the field, and the resource.
const COLUMNS: [(&str, &str); 4] =
    [("count", "count"), ("capacity.cpu", "cpu"), ("capacity.memory", "memory"), ("capacity.pods", "pods")];

/// A line, and what it is called.
#[derive(Clone, Copy)]
struct Line<'a> {
    list: ClusterList,
    number: usize,
    name: &'a str,
}

/// The cells of a line.
struct Columns {
    main: Vec<Html>,
    /// What has no column, each with its name.
    below: Vec<Html>,
}

/// A cell behind its name.
fn field_of(name: &str, cell: Html) -> Html {
    html! { <span class="named" key={name.to_owned()}><span class="name" lang="en">{ name.to_owned() }</span>{ cell }</span> }
}
