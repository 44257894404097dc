//! What a field is: a paragraph, its type, its default, when it may be changed. The paragraphs are fetched when the
//! first one is needed.

use crate::advice::FieldInfo;
use crate::api::validation::Mutability;
use crate::texts::Lang;
use crate::texts::help::Help;
use crate::web::controls::icon::icon;
use serde_json::Value;
use yew::prelude::*;

/// The field, in a card.
pub(super) fn view(field: &FieldInfo, help: Option<&Help>, lang: Lang) -> Html {
    let words = lang.fields();
    let about = help.and_then(|help| help.of(field.id));
    let since = about.and_then(|about| about.since);
    html! {
        <div class="field-help">
            <h2><code lang="en">{ name(field) }</code><span>{ (words.type_name)(&field.type_name) }</span></h2>
            if let Some(about) = about { <p>{ about.text }</p> } else if help.is_some() { <p class="quiet">{ words.no_help }</p> }
            if !field.values.is_empty() {
                <p class="values">{ for field.values.iter().map(|value| html! { <code lang="en">{ *value }</code> }) }</p>
            }
            <p class="facts">{ for facts(field, since, lang).into_iter().map(|fact| html! { <span>{ fact }</span> }) }</p>
            if let Some(mutability) = field.mutability {
                <p class="fact">{ icon(lock(mutability)) }<span>{ (words.mutability)(mutability) }</span></p>
            }
            if !field.modelled { <p class="fact">{ icon("unmodelled") }<span>{ words.not_modelled }</span></p> }
        </div>
    }
}

/// The same for screen readers.
pub(super) fn spoken(field: &FieldInfo, help: Option<&Help>, lang: Lang) -> String {
    let words = lang.fields();
    let about = help.and_then(|help| help.of(field.id)).map_or("", |about| about.text);
    let mut parts = vec![name(field).to_owned(), (words.type_name)(&field.type_name), about.to_owned()];
    parts.extend(facts(field, None, lang));
    parts.extend(field.mutability.map(|mutability| (words.mutability)(mutability).to_owned()));
    parts.join(". ")
}

fn name(field: &FieldInfo) -> &str {
    field.id.name
}

fn facts(field: &FieldInfo, since: Option<&str>, lang: Lang) -> Vec<String> {
    let words = lang.fields();
    // A required field has no default, whatever the zero value is.
    let default = field.default.as_ref().filter(|_| !field.required).map(|default| match default {
        Value::String(text) => (words.default)(text),
        other => (words.default)(&other.to_string()),
    });
    let required = field.required.then(|| words.required.to_owned());
    required.into_iter().chain(default).chain(since.map(words.since)).collect()
}

fn lock(mutability: Mutability) -> &'static str {
    match mutability {
        Mutability::Always | Mutability::FutureJobs => "unlock",
        Mutability::Never | Mutability::WhileSuspended | Mutability::WithParallelism => "lock",
    }
}
