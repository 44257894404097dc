//! Finds the objects that a command is about, and says what the server says of those that it cannot find.

use super::command::Selection;
use super::field_selector::FieldQuery;
use super::listing::Listing;
use super::resource::Resource;
use super::response::Printed;
use super::selector::Query;
use super::snapshot::{Conventions, Namespaces, Snapshot};
use super::world::World;
use crate::api::quoted;
use crate::manifest::answer::Answer;

/// The objects of each resource that was asked for; what is missing is printed.
pub(super) fn found<'a>(
    selection: &Selection,
    world: &World<'a>,
    printed: &mut Printed,
) -> Vec<(Resource, Listing<'a>)> {
    let snapshot = &world.snapshot;
    let mut found = Vec::new();
    for (resource, names) in &named(selection, world) {
        if names.is_empty() {
            match all(selection, *resource, snapshot) {
                Ok(listing) => found.push((*resource, listing)),
                Err(why) => printed.fail(&why),
            }
            continue;
        }
        let listing = Listing::of(*resource, &one_namespace(selection), snapshot);
        let (listing, missing) = listing.named(names, snapshot);
        if !selection.ignores_missing {
            missing.iter().for_each(|name| printed.not_found(resource.plural(), name));
        }
        found.push((*resource, listing));
    }
    found
}

/// The names that a command names, itself or by a file.
pub(super) fn named(selection: &Selection, world: &World<'_>) -> Vec<(Resource, Vec<String>)> {
    let Some(file) = &selection.file else { return selection.wanted.clone() };
    let mut wanted: Vec<(Resource, Vec<String>)> = Vec::new();
    for (manifest, _) in Answer::to_documents(world.file(file).0) {
        let resource = match manifest["kind"].as_str() {
            Some("Job") => Resource::Job,
            Some("CronJob") => Resource::CronJob,
            _ => continue,
        };
        let Some(name) = manifest["metadata"]["name"].as_str() else { continue };
        match wanted.last_mut() {
            Some((last, names)) if *last == resource => names.push(name.to_owned()),
            _ => wanted.push((resource, vec![name.to_owned()])),
        }
    }
    wanted
}

fn one_namespace(selection: &Selection) -> Namespaces {
    Namespaces::One(selection.namespace().to_owned())
}

/// All objects of a resource that the selectors choose.
///
/// # Errors
/// The server's words about a selector.
pub(super) fn all<'a>(
    selection: &Selection,
    resource: Resource,
    snapshot: &Snapshot<'a>,
) -> Result<Listing<'a>, String> {
    let (labels, fields) = queries(selection, resource)?;
    let listing = Listing::of(resource, &selection.namespaces, snapshot);
    Ok(narrowed(listing, resource, labels.as_ref(), fields.as_ref(), snapshot))
}

/// What a selection says of labels and fields.
pub(super) type Queries = (Option<Query>, Option<FieldQuery>);

/// The selectors of a command, read as the server reads them.
///
/// # Errors
/// Its words.
pub(super) fn queries(selection: &Selection, resource: Resource) -> Result<Queries, String> {
    let refused = |why: String| {
        let (labels, fields) = (selection.labels.as_deref(), selection.fields.as_deref());
        format!(
            "Error from server (BadRequest): Unable to find {} that match label selector {}, field selector {}: {why}",
            quoted(resource.group_version_resource()),
            quoted(labels.unwrap_or_default()),
            quoted(fields.unwrap_or_default()),
        )
    };
    let labels = selection.labels.as_deref().map(Query::parse).transpose().map_err(refused)?;
    let fields = selection.fields.as_deref().map(FieldQuery::parse).transpose().map_err(refused)?;
    match fields.as_ref().and_then(|fields| fields.unsupported(resource)) {
        Some(why) => Err(refused(why)),
        None => Ok((labels, fields)),
    }
}

/// The objects that selectors choose.
pub(super) fn narrowed<'a>(
    mut listing: Listing<'a>,
    resource: Resource,
    labels: Option<&Query>,
    fields: Option<&FieldQuery>,
    snapshot: &Snapshot<'_>,
) -> Listing<'a> {
    if let Some(labels) = labels {
        listing = listing.matching(labels);
    }
    if let Some(fields) = fields {
        let values = listing.values(snapshot);
        let matches = |place: &usize| fields.matches(resource, &values[*place]);
        let places: Vec<usize> = (0..values.len()).filter(matches).collect();
        listing = listing.at(&places);
    }
    listing
}

/// What kubectl says where there is nothing to list. The recordings name a namespace also for nodes, which are in none.
pub(super) fn nothing_found(selection: &Selection, snapshot: &Snapshot<'_>) -> String {
    let are_namespaced = selection.wanted.iter().all(|(resource, _)| resource.is_namespaced());
    match &selection.namespaces {
        Namespaces::One(namespace) if are_namespaced || snapshot.conventions == Conventions::Recordings => {
            format!("No resources found in {namespace} namespace.\n")
        }
        Namespaces::One(_) | Namespaces::All => "No resources found\n".to_owned(),
    }
}
