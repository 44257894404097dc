//! A pod template, and what it has in common with a pod: containers, volumes, tolerations
//! (K12.5 to K12.11). Reads the stored value, which holds every field.

use super::page::Page;
use crate::api::{LabelSelector, Labels, PodTemplate, amount_by_divisor};
use crate::kubectl::selector;
use crate::order;
use serde_json::Value;
use std::fmt::Write;

/// How far the parts of a pod are indented: under `Pod Template:` one step further than in a pod.
#[derive(Clone, Copy)]
pub(super) struct Indent {
    /// Of titles.
    pub(super) title: &'static str,
    /// Of the names of containers and volumes.
    pub(super) name: &'static str,
}

/// Under `Pod Template:`.
const TEMPLATE: Indent = Indent { title: "  ", name: "   " };
/// In `kubectl describe pod`.
pub(super) const POD: Indent = Indent { title: "", name: "  " };

impl Page<'_> {
    /// Upstream: describe.go DescribePodTemplate.
    pub(super) fn template(&mut self, template: &PodTemplate) {
        let spec = &template.spec.value;
        self.line("Pod Template:");
        self.labels("  Labels", &template.labels);
        if !template.annotations.is_empty() {
            self.annotations("  Annotations", &template.annotations);
        }
        self.optional_field("  Service Account", text(&spec["serviceAccountName"]));
        for (title, list) in [("  Init Containers", "initContainers"), ("  Containers", "containers")] {
            let containers = items(&spec[list]);
            if !containers.is_empty() {
                self.line(format_args!("{title}:"));
            }
            for container in containers {
                self.container(container, TEMPLATE);
            }
        }
        self.volumes(items(&spec["volumes"]), TEMPLATE);
        self.topology_spread(items(&spec["topologySpreadConstraints"]), TEMPLATE);
        self.optional_field("  Priority Class Name", text(&spec["priorityClassName"]));
        self.list("  Node-Selectors", &pairs(&spec["nodeSelector"]));
        self.list("  Tolerations", &tolerations(&spec["tolerations"]));
    }

    pub(super) fn container(&mut self, container: &Value, indent: Indent) {
        self.line(format_args!("{}{}:", indent.name, shown(&container["name"])));
        self.field("    Image", shown(&container["image"]));
        self.container_ports(container);
        self.container_command(container);
        self.container_surroundings(container);
    }

    pub(super) fn container_ports(&mut self, container: &Value) {
        let ports = items(&container["ports"]);
        let mut list = |title: &str, number: &str| {
            let texts: Vec<String> = ports.iter().map(|port| port_text(port, number)).collect();
            match texts.len() {
                0 => self.field(&format!("    {title}"), "<none>"),
                1 => self.field(&format!("    {title}"), &texts[0]),
                _ => self.field(&format!("    {title}s"), texts.join(", ")),
            }
        };
        list("Port", "containerPort");
        list("Host Port", "hostPort");
        let profile = &container["securityContext"]["seccompProfile"];
        self.optional_field("    SeccompProfile", text(&profile["type"]));
        self.optional_field("      LocalhostProfile", text(&profile["localhostProfile"]));
    }

    pub(super) fn container_command(&mut self, container: &Value) {
        for (title, list) in [("Command", "command"), ("Args", "args")] {
            let words = items(&container[list]);
            if words.is_empty() {
                continue;
            }
            self.line(format_args!("    {title}:"));
            for line in words.iter().flat_map(|word| word.as_str().unwrap_or_default().split('\n')) {
                self.line(format_args!("      {line}"));
            }
        }
    }

    /// Upstream: describe.go describeResources.
    pub(super) fn resources(&mut self, resources: &Value, indent: &str) {
        for (title, list) in [("Limits", "limits"), ("Requests", "requests")] {
            let amounts: Vec<(&String, &Value)> = resources[list].as_object().into_iter().flatten().collect();
            if !amounts.is_empty() {
                self.line(format_args!("{indent}{title}:"));
            }
            for (name, amount) in amounts {
                self.field(&format!("{indent}  {name}"), shown(amount));
            }
        }
    }

    pub(super) fn container_surroundings(&mut self, container: &Value) {
        self.resources(&container["resources"], "    ");
        for (title, probe) in
            [("Liveness", "livenessProbe"), ("Readiness", "readinessProbe"), ("Startup", "startupProbe")]
        {
            if container[probe].is_object() {
                self.field(&format!("    {title}"), probe_text(&container[probe]));
            }
        }
        self.environment(container);
        self.mounts(container);
    }

    fn environment(&mut self, container: &Value) {
        let sources = items(&container["envFrom"]);
        if !sources.is_empty() {
            self.line("    Environment Variables from:");
        }
        for source in sources {
            let (kind, reference) = match source.get("configMapRef") {
                Some(reference) => ("ConfigMap", reference),
                None => ("Secret", &source["secretRef"]),
            };
            let prefix = text(&source["prefix"]).map(|prefix| format!(" with prefix '{prefix}'")).unwrap_or_default();
            let (name, optional) = (shown(&reference["name"]), reference["optional"] == true);
            self.line(format_args!("      {name}\t{kind}{prefix}\tOptional: {optional}"));
        }
        let variables = items(&container["env"]);
        if variables.is_empty() {
            return self.field("    Environment", "<none>");
        }
        self.line("    Environment:");
        for variable in variables {
            self.variable(variable, container);
        }
    }

    fn variable(&mut self, variable: &Value, container: &Value) {
        let title = format!("      {}", shown(&variable["name"]));
        let from = &variable["valueFrom"];
        if let Some(field) = from.get("fieldRef") {
            let (version, path) = (shown(&field["apiVersion"]), shown(&field["fieldPath"]));
            let value = self.pod_metadata.as_ref().map(|metadata| field_of(metadata, &path)).unwrap_or_default();
            return self.field(&title, format_args!("{value} ({version}:{path})"));
        }
        if let Some(field) = from.get("resourceFieldRef") {
            let resource = shown(&field["resource"]);
            let amount = amount_of(&resource, text(&field["divisor"]).as_deref(), container);
            return self.field(&title, format_args!("{amount} ({resource})"));
        }
        for (reference, holder) in [("secretKeyRef", "in secret"), ("configMapKeyRef", "of config map")] {
            if let Some(key) = from.get(reference) {
                let (name, optional) = (shown(&key["name"]), key["optional"] == true);
                let key = shown(&key["key"]);
                let value = format!("<set to the key '{key}' {holder} '{name}'>\tOptional: {optional}");
                return self.field(&title, value);
            }
        }
        let lines: Vec<String> =
            variable["value"].as_str().unwrap_or_default().split('\n').map(str::to_owned).collect();
        self.list(&title, &lines);
    }

    fn mounts(&mut self, container: &Value) {
        let mut mounts: Vec<&Value> = items(&container["volumeMounts"]).iter().collect();
        if mounts.is_empty() {
            self.field("    Mounts", "<none>");
        } else {
            self.line("    Mounts:");
        }
        order::sort_by_key(&mut mounts, |mount| mount["mountPath"].as_str());
        for mount in mounts {
            let access = if mount["readOnly"] == true { "ro" } else { "rw" };
            let path = text(&mount["subPath"]).map(|path| format!(",path={path:?}")).unwrap_or_default();
            let (place, volume) = (shown(&mount["mountPath"]), shown(&mount["name"]));
            self.line(format_args!("      {place} from {volume} ({access}{path})"));
        }
    }

    pub(super) fn topology_spread(&mut self, constraints: &[Value], indent: Indent) {
        if constraints.is_empty() {
            return;
        }
        let mut constraints: Vec<&Value> = constraints.iter().collect();
        order::sort_by_key(&mut constraints, |constraint| constraint["topologyKey"].as_str());
        let lines: Vec<String> = constraints
            .into_iter()
            .map(|constraint| {
                let selector = serde_json::from_value::<LabelSelector>(constraint["labelSelector"].clone());
                let selector = selector.map(|selector| selector::text(&selector, self.snapshot));
                let selector = selector.map(|text| format!(" for selector {text}")).unwrap_or_default();
                let (key, otherwise) = (shown(&constraint["topologyKey"]), shown(&constraint["whenUnsatisfiable"]));
                let skew = shown(&constraint["maxSkew"]);
                format!("{key}:{otherwise} when max skew {skew} is exceeded{selector}")
            })
            .collect();
        self.list(&format!("{}Topology Spread Constraints", indent.title), &lines);
    }
}

fn port_text(port: &Value, number: &str) -> String {
    let protocol = text(&port["protocol"]).unwrap_or_else(|| "TCP".to_owned());
    let mut shown = format!("{}/{protocol}", port[number].as_i64().unwrap_or(0));
    if let Some(name) = text(&port["name"]) {
        let _ = write!(shown, " ({name})");
    }
    shown
}

fn probe_text(probe: &Value) -> String {
    let number = |field: &str, default: i64| probe[field].as_i64().unwrap_or(default);
    let settings = format!(
        "delay={}s timeout={}s period={}s #success={} #failure={}",
        number("initialDelaySeconds", 0),
        number("timeoutSeconds", 1),
        number("periodSeconds", 10),
        number("successThreshold", 1),
        number("failureThreshold", 3)
    );
    let action = if let Some(exec) = probe.get("exec") {
        let words: Vec<&str> = items(&exec["command"]).iter().filter_map(Value::as_str).collect();
        format!("exec [{}]", words.join(" "))
    } else if let Some(get) = probe.get("httpGet") {
        let scheme = text(&get["scheme"]).unwrap_or_else(|| "HTTP".to_owned()).to_lowercase();
        let path = text(&get["path"]).unwrap_or_default();
        let slash = if path.is_empty() || path.starts_with('/') { "" } else { "/" };
        format!("http-get {scheme}://{}:{}{slash}{path}", shown(&get["host"]), shown(&get["port"]))
    } else if let Some(socket) = probe.get("tcpSocket") {
        format!("tcp-socket {}:{}", shown(&socket["host"]), shown(&socket["port"]))
    } else if let Some(grpc) = probe.get("grpc") {
        format!("grpc <pod>:{} {}", shown(&grpc["port"]), shown(&grpc["service"]))
    } else {
        "unknown".to_owned()
    };
    format!("{action} {settings}")
}

/// What a `fieldRef` is resolved to: kubectl knows no other fields than these two.
///
/// Upstream: describe.go EnvValueRetriever, runtime.DefaultMetaV1FieldSelectorConversion.
fn field_of(metadata: &Value, path: &str) -> String {
    match path.strip_prefix("metadata.") {
        Some(field @ ("name" | "namespace")) => shown(&metadata[field]),
        Some(_) | None => String::new(),
    }
}

/// What `limits.cpu` and the like come to, in units of the divisor.
fn amount_of(resource: &str, divisor: Option<&str>, container: &Value) -> String {
    let Some((list, name)) = resource.split_once('.') else { return String::new() };
    let amount = text(&container["resources"][list][name]).unwrap_or_else(|| "0".to_owned());
    match amount_by_divisor(&amount, divisor, name == "cpu") {
        Some(0) if ["limits.cpu", "limits.memory"].contains(&resource) => "node allocatable".to_owned(),
        Some(amount) => amount.to_string(),
        None => String::new(),
    }
}

/// `key=value:Effect op=Exists for 300s`, by key.
pub(super) fn tolerations(list: &Value) -> Vec<String> {
    let mut tolerations: Vec<&Value> = items(list).iter().collect();
    order::sort_by_key(&mut tolerations, |toleration| toleration["key"].as_str());
    tolerations.into_iter().map(toleration).collect()
}

fn toleration(toleration: &Value) -> String {
    let mut shown = text(&toleration["key"]).unwrap_or_default();
    if let Some(value) = text(&toleration["value"]) {
        let _ = write!(shown, "={value}");
    }
    if let Some(effect) = text(&toleration["effect"]) {
        let _ = write!(shown, ":{effect}");
    }
    if toleration["operator"] == "Exists" && text(&toleration["value"]).is_none() {
        shown += if text(&toleration["key"]).is_some() || text(&toleration["effect"]).is_some() { " " } else { "" };
        shown += "op=Exists";
    }
    if let Some(seconds) = toleration["tolerationSeconds"].as_i64() {
        let _ = write!(shown, " for {seconds}s");
    }
    shown
}

/// A map of texts.
pub(super) fn texts(map: &Value) -> Labels {
    let pairs = map.as_object().into_iter().flatten();
    pairs.filter_map(|(key, value)| Some((key.as_str().into(), value.as_str()?.into()))).collect()
}

/// `key=value` of a map of texts.
pub(super) fn pairs(map: &Value) -> Vec<String> {
    texts(map).iter().map(|(key, value)| format!("{key}={value}")).collect()
}

/// The items of a list; of anything else, none.
pub(super) fn items(list: &Value) -> &[Value] {
    list.as_array().map_or(&[], Vec::as_slice)
}

/// A text or number that is not empty.
pub(super) fn text(value: &Value) -> Option<String> {
    Some(shown(value)).filter(|text| !text.is_empty())
}

/// A text or number as it is shown; null is empty.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::amount_of;
    use serde_json::json;

    #[test]
    fn an_amount_is_a_number_of_the_divisor() {
        let container = json!({"resources": {"limits": {"cpu": "500m", "memory": "1Gi"}, "requests": {"cpu": "250m"}}});
        assert_eq!(amount_of("limits.cpu", Some("1m"), &container), "500");
        assert_eq!(amount_of("limits.cpu", None, &container), "1");
        assert_eq!(amount_of("limits.memory", None, &container), "1073741824");
        assert_eq!(amount_of("requests.memory", Some("1Mi"), &container), "0");
        assert_eq!(amount_of("limits.cpu", Some("1m"), &json!({})), "node allocatable");
    }
}
