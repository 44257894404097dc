//! Programs that serve until they are stopped: by the name of the program, and, where a container has no command of its
//! own, by its image or its name.

/// Proxies beside an application, shippers of logs and metrics, servers.
const DAEMONS: [&str; 46] = [
    "alloydb-auth-proxy",
    "caddy",
    "cloud-sql-proxy",
    "cloud_sql_proxy",
    "cloudsql-proxy",
    "consul-dataplane",
    "containerd",
    "daprd",
    "dockerd",
    "dockerd-entrypoint.sh",
    "envoy",
    "etcd",
    "filebeat",
    "fluent-bit",
    "fluentd",
    "gce-proxy",
    "gcs-fuse-csi-driver-sidecar-mounter",
    "gke-gcsfuse-sidecar",
    "haproxy",
    "httpd",
    "istio-proxy",
    "linkerd-proxy",
    "linkerd2-proxy",
    "mariadb",
    "memcached",
    "mongo",
    "mongod",
    "mysql",
    "mysqld",
    "nginx",
    "oauth2-proxy",
    "opentelemetry-collector",
    "otelcol",
    "pause",
    "pgbouncer",
    "pilot-agent",
    "postgres",
    "promtail",
    "proxyv2",
    "rabbitmq",
    "redis",
    "redis-server",
    "traefik",
    "vault-agent",
    "vector",
    "watch",
];

/// Whether a program of this name serves until it is stopped. `name`: as it is called, without its folder.
pub(super) fn is_daemon(name: &str) -> bool {
    DAEMONS.binary_search(&name).is_ok()
}

/// Whether a program of this name serves, or waits, until it is stopped when it has these arguments.
pub(super) fn serves(name: &str, arguments: &[&str]) -> bool {
    let has_letters = |all: &[char]| {
        let letters = |argument: &&&str| argument.starts_with('-') && !argument.starts_with("--");
        let letters: String = arguments.iter().filter(letters).copied().collect();
        all.iter().all(|letter| letters.contains(*letter))
    };
    match (name, arguments) {
        ("tail", arguments) => arguments.iter().any(|argument| follows(argument)),
        ("nc" | "ncat" | "netcat", _) => has_letters(&['l', 'k']),
        ("python" | "python3", ["-m", "http.server" | "SimpleHTTPServer", ..]) => true,
        ("vault", ["agent" | "proxy" | "server", rest @ ..]) => {
            !rest.iter().any(|argument| argument.trim_start_matches('-').starts_with("exit-after-auth"))
        }
        _ => is_daemon(name),
    }
}

/// An argument of `tail` that makes it follow its file: `-f`, `-F`, `-fn1`, `--follow`.
fn follows(argument: &str) -> bool {
    match argument.strip_prefix("--") {
        Some(long) => long == "follow" || long.starts_with("follow="),
        None => argument.strip_prefix('-').is_some_and(|letters| letters.contains(['f', 'F'])),
    }
}

/// Whether what an image starts by itself serves until it is stopped. `image` as in a manifest, with registry and tag.
pub(super) fn is_image_of_daemon(image: &str) -> bool {
    let (path, name) = image.rsplit_once('/').unwrap_or(("", image));
    let (name, tag) = name.split_once(['@', ':']).unwrap_or((name, ""));
    let owner = path.rsplit('/').next().unwrap_or_default();
    match (owner, name) {
        ("datadog" | "datadoghq", "agent") => true,
        (_, "docker") => tag.contains("dind"),
        _ => is_daemon(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted() {
        assert!(DAEMONS.is_sorted());
    }

    #[test]
    fn images_are_known_by_their_last_name() {
        for (image, is_known) in [
            ("docker.io/istio/proxyv2:1.22.0", true),
            ("gcr.io/cloud-sql-connectors/cloud-sql-proxy@sha256:00", true),
            ("localhost:5000/nginx", true),
            ("gcr.io/datadoghq/agent:7", true),
            ("docker.io/datadog/agent:7", true),
            ("docker:24-dind", true),
            ("docker:24-cli", false),
            ("registry.k8s.io/pause:3.10", true),
            ("busybox:1.36", false),
            ("nginx-exporter", false),
            ("", false),
        ] {
            assert_eq!(is_image_of_daemon(image), is_known, "{image}");
        }
    }
}
