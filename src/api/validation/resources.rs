//! Rules of resources: requests, limits, claims, overhead (V9.20).

use super::at::At;
use super::cause::Cause;
use super::field_error::Errors;
use super::names;
use super::pod::containers;
use crate::api::quantity::Quantity;
use crate::order::{Map, Set};

const STANDARD: [&str; 20] = [
    "cpu",
    "memory",
    "ephemeral-storage",
    "requests.cpu",
    "requests.memory",
    "requests.ephemeral-storage",
    "limits.cpu",
    "limits.memory",
    "limits.ephemeral-storage",
    "pods",
    "resourcequotas",
    "services",
    "replicationcontrollers",
    "secrets",
    "configmaps",
    "persistentvolumeclaims",
    "storage",
    "requests.storage",
    "services.nodeports",
    "services.loadbalancers",
];
const COUNTED: [&str; 9] = [
    "pods",
    "resourcequotas",
    "services",
    "replicationcontrollers",
    "secrets",
    "configmaps",
    "persistentvolumeclaims",
    "services.nodeports",
    "services.loadbalancers",
];
const OF_CONTAINERS: [&str; 3] = ["cpu", "memory", "ephemeral-storage"];
const HUGE_PAGES: &str = "hugepages-";

/// `resources` of a container.
pub(super) fn container_resources(resources: &At<'_>, claims: &Set<&str>, errors: &mut Errors) {
    requirements(resources, container_resource_name, errors);
    claim_names(&resources.get("claims"), claims, errors);
}

/// `spec.overhead`: limits without the word.
pub(super) fn overhead(at: &At<'_>, errors: &mut Errors) {
    let limits = at.clone().shown_below(at, "limits");
    let none = at.with_value(&serde_json::Value::Null);
    limits_and_requests(at, (&limits, &none), container_resource_name, errors);
}

fn requirements(resources: &At<'_>, check_name: fn(&At<'_>, &str, &mut Errors), errors: &mut Errors) {
    let amounts = (&resources.get("limits"), &resources.get("requests"));
    limits_and_requests(resources, amounts, check_name, errors);
}

fn limits_and_requests(
    resources: &At<'_>,
    (limits, requests): (&At<'_>, &At<'_>),
    check_name: fn(&At<'_>, &str, &mut Errors),
    errors: &mut Errors,
) {
    for (name, amount) in limits.entries() {
        check_name(&amount, name, errors);
        amount_of(&amount, name, errors);
    }
    for (name, amount) in requests.entries() {
        check_name(&amount, name, errors);
        let limit = limits.entry(name);
        let (Ok(asked), allowed) = (Quantity::parse(amount.text()), Quantity::parse(limit.text())) else { continue };
        let at_list = amount.clone().shown_as(requests);
        let may_differ = may_overcommit(name);
        quantity(&amount, name, asked, errors);
        let above = |must_be_equal| {
            let (resource, limit) = (name.to_owned(), limit.text().to_owned());
            Cause::RequestAboveLimit { resource, limit, must_be_equal }
        };
        match allowed {
            Ok(allowed) if asked != allowed && !may_differ => errors.invalid(&at_list, above(true)),
            Ok(allowed) if asked > allowed => errors.invalid(&at_list, above(false)),
            Ok(_) => {}
            Err(_) if !may_differ => {
                errors.required(limits, "Limit must be set for non overcommitable resources");
            }
            Err(_) => {}
        }
        huge_page_multiple(&amount, name, asked, errors);
    }
    let has = |wanted: &dyn Fn(&str) -> bool| limits.entries().chain(requests.entries()).any(|(name, _)| wanted(name));
    if has(&|name| name.starts_with(HUGE_PAGES)) && !has(&|name| matches!(name, "cpu" | "memory")) {
        errors.forbidden(resources, "HugePages require cpu or memory");
    }
}

fn amount_of(amount: &At<'_>, name: &str, errors: &mut Errors) {
    if let Ok(value) = Quantity::parse(amount.text()) {
        quantity(amount, name, value, errors);
        huge_page_multiple(amount, name, value, errors);
    }
}

fn quantity(amount: &At<'_>, name: &str, value: Quantity, errors: &mut Errors) {
    if value.is_negative() {
        errors.invalid(amount, Cause::Negative);
    }
    if (COUNTED.contains(&name) || is_extended(name)) && !value.is_integer() {
        errors.invalid(amount, "must be an integer");
    }
}

fn huge_page_multiple(amount: &At<'_>, name: &str, value: Quantity, errors: &mut Errors) {
    let Some(page) = name.strip_prefix(HUGE_PAGES) else { return };
    if !Quantity::parse(page).is_ok_and(|page| value.is_multiple_of(page)) {
        errors.invalid(amount, format!("{} is not positive integer multiple of {name}", amount.text()));
    }
}

fn container_resource_name(at: &At<'_>, name: &str, errors: &mut Errors) {
    let value = name.into();
    let at = at.with_value(&value);
    resource_name(&at, name, errors);
    let is_of_container = OF_CONTAINERS.contains(&name) || name.starts_with(HUGE_PAGES);
    if !name.contains('/') && !is_of_container {
        errors.invalid_typed(&at, "must be a standard resource for containers");
    } else if name.contains('/') && !is_native(name) && !is_extended(name) {
        errors.invalid_typed(&at, "doesn't follow extended resource name standard");
    }
}

fn pod_resource_name(at: &At<'_>, name: &str, errors: &mut Errors) {
    let value = name.into();
    let at = at.with_value(&value);
    let before = errors.count();
    resource_name(&at, name, errors);
    if errors.count() == before && !is_of_pod(name) {
        errors.unsupported(&at, &["cpu", "hugepages-", "memory"]);
    }
}

fn resource_name(at: &At<'_>, name: &str, errors: &mut Errors) {
    let wrong = names::qualified_name(name);
    let is_standard =
        STANDARD.contains(&name) || name.starts_with(HUGE_PAGES) || name.starts_with("requests.hugepages-");
    if wrong.is_empty() && !name.contains('/') && !is_standard {
        return errors.invalid_typed(at, "must be a standard resource type or fully qualified");
    }
    for detail in wrong {
        errors.invalid_typed(at, detail);
    }
}

fn is_of_pod(name: &str) -> bool {
    matches!(name, "cpu" | "memory") || name.starts_with(HUGE_PAGES)
}

fn is_native(name: &str) -> bool {
    !name.contains('/') || name.contains("kubernetes.io/")
}

fn is_extended(name: &str) -> bool {
    !is_native(name) && !name.starts_with("requests.") && names::qualified_name(&format!("requests.{name}")).is_empty()
}

fn may_overcommit(name: &str) -> bool {
    is_native(name) && !name.starts_with(HUGE_PAGES)
}

/// `spec.resourceClaims`; gives the names that containers may use.
pub(super) fn pod_claims<'v>(list: &At<'v>, errors: &mut Errors) -> Set<&'v str> {
    let mut seen = Set::new();
    for claim in list.items() {
        let (name, direct) = (claim.get("name"), claim.get("resourceClaimName"));
        let template = claim.get("resourceClaimTemplateName");
        if name.is_empty() {
            errors.required(&name, "");
        } else if !seen.insert(name.text()) {
            errors.duplicate(&name);
        } else {
            errors.invalid_each(&name, names::dns_label(name.text()));
        }
        let detail = match (direct.is_set(), template.is_set()) {
            (true, true) => "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified",
            (false, false) => "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`",
            _ => "",
        };
        if !detail.is_empty() {
            let shown = crate::api::schema::internal_json("PodResourceClaim", claim.value);
            errors.invalid_value(&claim, shown, detail);
        }
        for at in [direct, template] {
            if at.is_set() {
                errors.invalid_each(&at, names::dns_subdomain(at.text()));
            }
        }
    }
    seen
}

fn claim_names(list: &At<'_>, known: &Set<&str>, errors: &mut Errors) {
    let mut seen: Set<String> = Set::new();
    for claim in list.items() {
        let (name, request) = (claim.get("name").shown_as(&claim), claim.get("request"));
        if name.is_empty() {
            errors.required(&name, "");
            continue;
        }
        if seen.contains(name.text()) {
            errors.duplicate(&name);
        } else {
            let mut key = name.text().to_owned();
            if !request.is_empty() {
                errors.invalid_each(&request, names::dns_label(request.text()));
                key = format!("{key}/{}", request.text());
            }
            if seen.contains(&key) {
                errors.duplicate_value(&name, &key);
            } else if request.is_empty() {
                let requests = seen.iter().filter(|seen| seen.split('/').next() == Some(name.text())).count();
                (0..requests).for_each(|_| errors.duplicate(&name));
            }
            seen.insert(key);
        }
        if !known.contains(name.text()) {
            let listed: Vec<&str> = known.iter().copied().collect();
            let which =
                if listed.is_empty() { " which is empty".to_owned() } else { format!(": {}", listed.join(", ")) };
            errors.not_found(&name, format!("must be one of the names in pod.spec.resourceClaims{which}"));
        }
    }
}

/// `spec.resources`: what all containers share.
pub(super) fn pod_resources(spec: &At<'_>, claims: &Set<&str>, errors: &mut Errors) {
    let resources = spec.get("resources");
    if !resources.is_set() {
        return;
    }
    if spec.at(&["os", "name"]).text() == "windows" {
        return errors.forbidden(&resources, "may not be set for a windows pod");
    }
    if resources.get("claims").is_set() {
        errors.forbidden(&resources.get("claims"), "claims may not be set for Resources at pod-level");
    }
    requirements(&resources, pod_resource_name, errors);
    claim_names(&resources.get("claims"), claims, errors);
    consistent_with_containers(spec, &resources, errors);
}

fn consistent_with_containers(spec: &At<'_>, resources: &At<'_>, errors: &mut Errors) {
    for (name, total) in aggregate(spec, "requests") {
        let request = resources.get("requests").entry(name);
        if Quantity::parse(request.text()).is_ok_and(|request| total > request) {
            let detail = format!("must be greater than or equal to aggregate container requests of {total}");
            errors.invalid(&request, detail);
        }
    }
    for (name, total) in aggregate(spec, "limits").into_iter().filter(|(name, _)| name.starts_with(HUGE_PAGES)) {
        let limit = resources.get("limits").entry(name);
        if Quantity::parse(limit.text()).is_ok_and(|limit| total > limit) {
            errors.invalid(&limit, format!("must be greater than or equal to aggregate container limits of {total}"));
        }
    }
    for (index, container) in spec.get("containers").items().enumerate() {
        for (name, limit) in container.at(&["resources", "limits"]).entries() {
            let of_pod = resources.get("limits").entry(name);
            let (Ok(limit_value), Ok(pod)) = (Quantity::parse(limit.text()), Quantity::parse(of_pod.text())) else {
                continue;
            };
            if limit_value > pod {
                let limit = limit.shown_below(resources, &format!("containers[{index}][{name}].limits"));
                errors.invalid(&limit, format!("must be less than or equal to pod limits of {}", of_pod.text()));
            }
        }
    }
}

/// What all containers need together: the running ones with the sidecars, or the largest init container with the
/// sidecars before it.
fn aggregate<'v>(spec: &At<'v>, kind: &'static str) -> Map<&'v str, Quantity> {
    let mut running: Map<&str, Quantity> = Map::new();
    let mut starting: Map<&str, Quantity> = Map::new();
    let mut sidecars: Map<&str, Quantity> = Map::new();
    for container in containers(spec) {
        let is_init = container.path().to_string().contains("initContainers");
        let is_sidecar = is_init && container.get("restartPolicy").text() == "Always";
        for (name, amount) in container.at(&["resources", kind]).entries() {
            let Ok(amount) = Quantity::parse(amount.text()) else { continue };
            let beside = sidecars.get(name).copied().unwrap_or(Quantity::ZERO);
            if !is_init || is_sidecar {
                let sum = running.get(name).copied().unwrap_or(Quantity::ZERO).plus(amount);
                running.insert(name, sum);
            }
            let needed = beside.plus(amount);
            if is_sidecar {
                sidecars.insert(name, needed);
            }
            if is_init && starting.get(name).is_none_or(|most| *most < needed) {
                starting.insert(name, needed);
            }
        }
    }
    for (name, amount) in starting {
        if running.get(name).is_none_or(|sum| *sum < amount) {
            running.insert(name, amount);
        }
    }
    running
}
