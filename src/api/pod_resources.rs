//! What pods ask for and what limits they have, as quantities, and the class that follows from it: as kubectl shows them.

use super::meta::Name;
use super::node::Capacity;
use super::quantity::Quantity;
use crate::order::{self, Map};
use serde_json::Value;

/// Which amounts of a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum ResourceList {
    Requests,
    Limits,
}

impl ResourceList {
    fn field(self) -> &'static str {
        match self {
            ResourceList::Requests => "requests",
            ResourceList::Limits => "limits",
        }
    }
}

/// Quantities by the name of the resource.
#[derive(Clone, Debug, Default)]
pub struct Quantities {
    by_name: Map<Name, Quantity>,
}

impl Quantities {
    /// Of a pod: its regular containers and sidecars together or, if that is more, an init container with the sidecars
    /// before it.
    ///
    /// Upstream: component-helpers resource.PodRequests, PodLimits.
    pub fn of_pod(spec: &Value, list: ResourceList) -> Quantities {
        let containers = |field: &str| spec[field].as_array().into_iter().flatten();
        let mut together = Quantities::default();
        for container in containers("containers") {
            together.add_all(&Quantities::read(&container["resources"][list.field()]));
        }
        let (mut sidecars, mut most) = (Quantities::default(), Quantities::default());
        for init in containers("initContainers") {
            let mut own = Quantities::read(&init["resources"][list.field()]);
            own.add_all(&sidecars);
            most.max_all(&own);
            if init["restartPolicy"] == "Always" {
                sidecars = own;
            }
        }
        together.add_all(&sidecars);
        together.max_all(&most);
        let mut overhead = Quantities::read(&spec["overhead"]);
        if list == ResourceList::Limits {
            let limited = overhead.by_name.into_iter().filter(|(name, _)| !together.of(name).is_zero());
            overhead.by_name = order::collect(limited);
        }
        together.add_all(&overhead);
        together
    }

    fn read(list: &Value) -> Quantities {
        let mut all = Quantities::default();
        for (name, amount) in list.as_object().into_iter().flatten() {
            let amount = match amount {
                Value::String(text) => Quantity::parse(text),
                number => Quantity::parse(&number.to_string()),
            };
            if let Ok(amount) = amount {
                all.by_name.insert(name.as_str().into(), amount);
            }
        }
        all
    }

    fn of(&self, name: &str) -> Quantity {
        self.by_name.get(name).copied().unwrap_or(Quantity::ZERO)
    }

    /// Adds all of `other`.
    pub fn add_all(&mut self, other: &Quantities) {
        for (name, amount) in other.by_name.iter() {
            let sum = match self.by_name.get(name) {
                Some(own) => own.plus(*amount),
                None => *amount,
            };
            self.by_name.insert(name.clone(), sum);
        }
    }

    /// The larger of both, of each resource.
    fn max_all(&mut self, other: &Quantities) {
        for (name, amount) in other.by_name.iter() {
            if self.by_name.get(name).is_none_or(|own| own < amount) {
                self.by_name.insert(name.clone(), *amount);
            }
        }
    }

    /// The amount of one resource; `0` without.
    pub fn amount(&self, resource: &str) -> String {
        self.of(resource).to_string()
    }

    /// How many percent of a capacity that is, cut to a whole number; 0 of nothing.
    pub fn percent(&self, resource: &str, capacity: Option<&Capacity>) -> i64 {
        let whole = capacity.map_or(0, |capacity| capacity.amount(resource));
        let amount = self.of(resource).scaled(if resource == "cpu" { -3 } else { 0 });
        // In floating point, as upstream does.
        if whole == 0 { 0 } else { (amount as f64 / whole as f64 * 100.0) as i64 }
    }
}

/// Guaranteed: every container's limits are its requests; BestEffort: there are none.
///
/// Upstream: qos.go ComputePodQOS.
pub fn quality_of_service(spec: &Value) -> &'static str {
    const COMPUTE: [&str; 2] = ["cpu", "memory"];
    let containers = || ["initContainers", "containers"].into_iter().flat_map(|list| spec[list].as_array()).flatten();
    let amounts = |container: &Value, list: ResourceList| {
        let amounts = Quantities::read(&container["resources"][list.field()]);
        COMPUTE.map(|name| Some(amounts.of(name)).filter(|amount| !amount.is_zero()))
    };
    let has_none = |container: &Value, list| amounts(container, list).iter().all(Option::is_none);
    if containers().all(|one| has_none(one, ResourceList::Requests) && has_none(one, ResourceList::Limits)) {
        return "BestEffort";
    }
    let is_guaranteed = |container: &Value| {
        let limits = amounts(container, ResourceList::Limits);
        limits.iter().all(Option::is_some) && limits == amounts(container, ResourceList::Requests)
    };
    if containers().all(is_guaranteed) { "Guaranteed" } else { "Burstable" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_pod_asks_for_the_most_that_it_needs_at_once() {
        let asks = |cpu: &str, memory: &str| json!({ "resources": { "requests": { "cpu": cpu, "memory": memory } } });
        let mut sidecar = asks("250m", "64Mi");
        sidecar["restartPolicy"] = json!("Always");
        let spec = json!({
            "initContainers": [asks("100m", "2Gi"), sidecar, asks("1", "1Mi")],
            "containers": [asks("500m", "512Mi"), asks("250m", "512Mi")],
            "overhead": { "cpu": "250m" },
        });
        let requests = Quantities::of_pod(&spec, ResourceList::Requests);
        assert_eq!(requests.amount("cpu"), "1500m");
        assert_eq!(requests.amount("memory"), "2Gi");
        assert_eq!(requests.amount("pods"), "0");
        assert_eq!(requests.percent("cpu", Some(&Capacity::default())), 37);
        assert_eq!(requests.percent("memory", Some(&Capacity::default())), 12);
        assert_eq!(requests.percent("memory", None), 0);
        assert_eq!(Quantities::of_pod(&spec, ResourceList::Limits).amount("cpu"), "0");
    }

    #[test]
    fn classes() {
        let class = |resources: Value| quality_of_service(&json!({ "containers": [{ "resources": resources }] }));
        let whole = json!({ "cpu": "1", "memory": "1Gi" });
        assert_eq!(class(json!({})), "BestEffort");
        assert_eq!(class(json!({ "requests": { "cpu": 0 } })), "BestEffort");
        assert_eq!(class(json!({ "requests": { "cpu": "1" } })), "Burstable");
        assert_eq!(class(json!({ "requests": whole, "limits": { "cpu": "1000m", "memory": "1024Mi" } })), "Guaranteed");
    }
}
