//! Programs that serve until they are stopped: by the name of the program, and, where a container has no command of its
//! own, by its image or its name.

/// Proxies beside an application, shippers of logs and metrics, servers.
const DAEMONS: [&str; 38] = [
    "alloydb-auth-proxy",
    "caddy",
    "cloud-sql-proxy",
    "cloud_sql_proxy",
    "cloudsql-proxy",
    "consul-dataplane",
    "daprd",
    "envoy",
    "etcd",
    "filebeat",
    "fluent-bit",
    "fluentd",
    "gce-proxy",
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
    "pgbouncer",
    "pilot-agent",
    "postgres",
    "promtail",
    "proxyv2",
    "rabbitmq",
    "redis",
    "redis-server",
    "traefik",
    "vector",
];

/// Whether a program of this name serves until it is stopped. `name`: as it is called, without its folder.
pub(super) fn is_daemon(name: &str) -> bool {
    DAEMONS.binary_search(&name).is_ok()
}

/// Whether what an image starts by itself serves until it is stopped. `image` as in a manifest, with registry and tag.
pub(super) fn is_image_of_daemon(image: &str) -> bool {
    let name = image.rsplit('/').next().unwrap_or_default();
    is_daemon(name.split(['@', ':']).next().unwrap_or_default())
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
            ("busybox:1.36", false),
            ("nginx-exporter", false),
            ("", false),
        ] {
            assert_eq!(is_image_of_daemon(image), is_known, "{image}");
        }
    }
}
