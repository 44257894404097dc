//! Volumes of a template or a pod (K12.10).

use super::page::{LONGEST_LINE, Page, shortened};
use super::template::{Indent, items, pairs, shown, text};
use serde_json::Value;

/// A kind of volume that is described by its fields alone.
struct Source {
    /// Its field in a volume.
    field: &'static str,
    /// The value of the line `Type`.
    type_line: &'static str,
    /// The titles of the other lines, each with the field of the source that it shows.
    lines: &'static [(&'static str, &'static str)],
}

const SOURCES: [Source; 9] = [
    Source {
        field: "hostPath",
        type_line: "HostPath (bare host directory volume)",
        lines: &[("Path", "path"), ("HostPathType", "type")],
    },
    Source {
        field: "emptyDir",
        type_line: "EmptyDir (a temporary directory that shares a pod's lifetime)",
        lines: &[("Medium", "medium"), ("SizeLimit", "sizeLimit")],
    },
    Source {
        field: "secret",
        type_line: "Secret (a volume populated by a Secret)",
        lines: &[("SecretName", "secretName"), ("Optional", "optional")],
    },
    Source {
        field: "configMap",
        type_line: "ConfigMap (a volume populated by a ConfigMap)",
        lines: &[("Name", "name"), ("Optional", "optional")],
    },
    Source {
        field: "nfs",
        type_line: "NFS (an NFS mount that lasts the lifetime of a pod)",
        lines: &[("Server", "server"), ("Path", "path"), ("ReadOnly", "readOnly")],
    },
    Source {
        field: "persistentVolumeClaim",
        type_line: "PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)",
        lines: &[("ClaimName", "claimName"), ("ReadOnly", "readOnly")],
    },
    Source {
        field: "ephemeral",
        type_line: "EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)",
        lines: &[],
    },
    Source {
        field: "csi",
        type_line: "CSI (a Container Storage Interface (CSI) volume source)",
        lines: &[("Driver", "driver"), ("FSType", "fsType"), ("ReadOnly", "readOnly")],
    },
    Source {
        field: "image",
        type_line: "Image (a container image or OCI artifact)",
        lines: &[("Reference", "reference"), ("PullPolicy", "pullPolicy")],
    },
];

impl Page<'_> {
    /// Upstream: describe.go describeVolumes.
    pub(super) fn volumes(&mut self, volumes: &[Value], indent: Indent) {
        if volumes.is_empty() {
            return self.field(&format!("{}Volumes", indent.title), "<none>");
        }
        self.line(format_args!("{}Volumes:", indent.title));
        for volume in volumes {
            self.line(format_args!("{}{}:", indent.name, shown(&volume["name"])));
            self.volume(volume);
        }
    }

    fn volume(&mut self, volume: &Value) {
        if let Some(projected) = volume.get("projected") {
            return self.projected(projected);
        }
        if let Some(downward) = volume.get("downwardAPI") {
            return self.downward_api(downward);
        }
        let Some((source, value)) = SOURCES.iter().find_map(|source| Some((source, volume.get(source.field)?))) else {
            return self.line("  <unknown>");
        };
        self.field("    Type", source.type_line);
        for (title, field) in source.lines {
            self.field(&format!("    {title}"), field_text(field, &value[field]));
        }
        if source.field == "csi" {
            // Upstream indents each of them once more, as if it began a line.
            let attributes = pairs(&value["volumeAttributes"]);
            let attributes: Vec<String> =
                attributes.iter().map(|attribute| shortened(attribute, LONGEST_LINE)).collect();
            let Some((first, others)) = attributes.split_first() else {
                return self.field("    VolumeAttributes", "<none>");
            };
            self.field("    VolumeAttributes", format_args!("    {first}"));
            for other in others {
                self.add(format_args!("        \t    {other}\n"));
            }
        }
    }

    fn downward_api(&mut self, downward: &Value) {
        self.field("    Type", "DownwardAPI (a volume populated by information about the pod)");
        self.line("    Items:");
        for item in items(&downward["items"]) {
            let from =
                text(&item["fieldRef"]["fieldPath"]).unwrap_or_else(|| shown(&item["resourceFieldRef"]["resource"]));
            self.line(format_args!("      {from} -> {}", shown(&item["path"])));
        }
    }

    fn projected(&mut self, projected: &Value) {
        self.field("    Type", "Projected (a volume that contains injected data from multiple sources)");
        for source in items(&projected["sources"]) {
            for (field, title) in [("secret", "SecretName"), ("configMap", "ConfigMapName")] {
                if let Some(from) = source.get(field) {
                    self.field(&format!("    {title}"), shown(&from["name"]));
                    self.field("    Optional", from["optional"] == true);
                }
            }
            if source.get("downwardAPI").is_some() {
                self.field("    DownwardAPI", true);
            }
            if let Some(token) = source.get("serviceAccountToken") {
                self.field("    TokenExpirationSeconds", shown(&token["expirationSeconds"]));
            }
        }
    }
}

/// The value of a field, and what is shown if it is absent.
fn field_text(field: &str, value: &Value) -> String {
    match (field, value) {
        ("optional" | "readOnly", Value::Null) => "false".to_owned(),
        ("sizeLimit", value) => text(value).filter(|limit| limit != "0").unwrap_or_else(|| "<unset>".to_owned()),
        ("type", Value::Null) => "<none>".to_owned(),
        (_, value) => shown(value),
    }
}
