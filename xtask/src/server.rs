//! A server for `dist/` on this machine alone. Plain files, closed list of types, nothing cached.

use crate::page::{self, Kind};
use crate::{Failure, files};
use std::path::{Component, Path, PathBuf};
use tiny_http::{Header, Method, Request, Response, Server};

/// What may lie in `dist/`, and what it is called on the wire.
const TYPES: [(&str, &str); 11] = [
    ("html", "text/html; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("wasm", "application/wasm"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("json", "application/json"),
    ("webmanifest", "application/manifest+json"),
    ("yaml", "application/yaml; charset=utf-8"),
    ("bin", "application/octet-stream"),
    ("txt", "text/plain; charset=utf-8"),
];

/// Builds the page and serves it until stopped. Whoever reloads it after a change of the sources gets a new one.
pub(crate) fn serve_sources(kind: Kind, port: u16) -> Result<(), Failure> {
    let server = Server::http(("127.0.0.1", port)).map_err(|error| {
        let other = if port == u16::MAX { port - 1 } else { port + 1 };
        format!("port {port} cannot be used ({error}); choose another: cargo xtask serve --port {other}")
    })?;
    let mut seen = files::newest_change(&sources())?;
    page::build(kind)?;
    println!("http://127.0.0.1:{port}/");
    for request in server.incoming_requests() {
        let newest = files::newest_change(&sources())?;
        if is_page(request.url()) && newest != seen {
            if let Err(failure) = page::build(kind) {
                eprintln!("{failure}");
                let answer = Response::from_string(format!("{failure}: see the terminal")).with_status_code(500);
                answered(request.respond(answer));
                continue;
            }
            seen = newest;
        }
        answer(request, &files::dist());
    }
    Ok(())
}

/// Serves `dist/` as it is at some free port, in the background; returns the address.
pub(crate) fn serve_dist() -> Result<String, Failure> {
    let server = Server::http(("127.0.0.1", 0)).map_err(|error| format!("no port can be used: {error}"))?;
    let port = server.server_addr().to_ip().ok_or("the server has no port")?.port();
    std::thread::spawn(move || {
        for request in server.incoming_requests() {
            answer(request, &files::dist());
        }
    });
    Ok(format!("http://127.0.0.1:{port}/"))
}

/// What the page is made of.
fn sources() -> Vec<PathBuf> {
    ["src", "static", "index.html", "Cargo.toml", "Cargo.lock"].iter().map(|name| files::root().join(name)).collect()
}

fn is_page(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    path == "/" || path == "/index.html"
}

fn answer(request: Request, folder: &Path) {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return answered(request.respond(Response::from_string("GET or HEAD").with_status_code(405)));
    }
    let found = file_of(request.url(), folder);
    let Some((content, kind)) = found.and_then(|(path, kind)| Some((std::fs::read(path).ok()?, kind))) else {
        return answered(request.respond(Response::from_string("there is no such file").with_status_code(404)));
    };
    let mut response = Response::from_data(content);
    // The last one: a frame without an origin of its own (`sandbox="allow-scripts"`) may load the page, too.
    for (name, value) in [("Content-Type", kind), ("Cache-Control", "no-cache"), ("Access-Control-Allow-Origin", "*")] {
        response.add_header(Header::from_bytes(name, value).expect("names and values above are plain ASCII"));
    }
    answered(request.respond(response));
}

/// A browser that went away before the answer is no fault of ours.
fn answered(result: std::io::Result<()>) {
    if let Err(error) = result
        && error.kind() != std::io::ErrorKind::BrokenPipe
    {
        eprintln!("an answer was lost: {error}");
    }
}

/// The file that an address means, and its type; nothing outside the folder, nothing of an unknown type.
fn file_of(url: &str, folder: &Path) -> Option<(PathBuf, &'static str)> {
    let path = url.split(['?', '#']).next()?.strip_prefix('/')?;
    let path = Path::new(if path.is_empty() { "index.html" } else { path });
    if !path.components().all(|part| matches!(part, Component::Normal(_))) {
        return None;
    }
    let extension = path.extension()?.to_str()?;
    let (_, kind) = TYPES.iter().find(|(known, _)| *known == extension)?;
    Some((folder.join(path), kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_files_within_the_folder() {
        let dist = Path::new("dist");
        assert_eq!(file_of("/?lang=zh", dist).map(|(path, _)| path), Some(dist.join("index.html")));
        assert_eq!(file_of("/static/boot.js", dist).map(|(_, kind)| kind), Some("text/javascript; charset=utf-8"));
        for refused in ["/../Cargo.toml", "/static/../../a.js", "//etc/passwd.txt", "/a", "/a.exe", "a.js"] {
            assert_eq!(file_of(refused, dist), None, "{refused}");
        }
    }
}
