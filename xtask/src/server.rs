//! A server for `dist/` on this machine alone. Plain files, closed list of types, nothing cached. A few threads take one
//! connection each, and none for long: whoever sends nothing or reads nothing is given up on, the others are served.

#![expect(clippy::disallowed_types, reason = "a client's patience and when a file was saved are no time of the engine")]

use crate::headers::{self, ANY_ORIGIN};
use crate::page::{self, Kind};
use crate::{Failure, files};
use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

/// What may lie in `dist/`, and what it is called on the wire.
const TYPES: [(&str, &str); 13] = [
    ("html", "text/html; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("ts", "text/plain; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("wasm", "application/wasm"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("json", "application/json"),
    ("webmanifest", "application/manifest+json"),
    ("yaml", "application/yaml; charset=utf-8"),
    ("bin", "application/octet-stream"),
    ("txt", "text/plain; charset=utf-8"),
    ("xml", "application/xml"),
];

/// Connections that are served at the same time. More wait in the system's queue.
const THREADS: usize = 32;

/// Bytes of a request with all its headers.
const REQUEST_BYTES: usize = 16 << 10;

/// How long a client has for its request, and for each piece of the answer.
const PATIENCE: Patience = Patience { request: Duration::from_secs(5), answer: Duration::from_secs(20) };

#[derive(Clone, Copy)]
struct Patience {
    /// From the connection to the end of the headers.
    request: Duration,
    /// For the whole answer.
    answer: Duration,
}

/// Builds the page and serves it until stopped. Whoever reloads it after a change of the sources gets a new one.
pub(crate) fn serve_sources(kind: Kind, port: u16) -> Result<(), Failure> {
    let listener = TcpListener::bind(("127.0.0.1", port)).map_err(|error| {
        let other = if port == u16::MAX { port - 1 } else { port + 1 };
        format!("port {port} cannot be used ({error}); choose another: cargo xtask serve --port {other}")
    })?;
    let site = Site { folder: files::dist(), sources: Some((kind, RwLock::new(files::newest_change(&sources())?))) };
    page::build(kind)?;
    println!("http://127.0.0.1:{port}/");
    for thread in serve(listener, site, PATIENCE)? {
        let _ = thread.join();
    }
    Ok(())
}

/// Serves `dist/` as it is at some free port, in the background; returns the address.
pub(crate) fn serve_dist() -> Result<String, Failure> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(|error| format!("no port can be used: {error}"))?;
    let port = listener.local_addr()?.port();
    serve(listener, Site { folder: files::dist(), sources: None }, PATIENCE)?;
    Ok(format!("http://127.0.0.1:{port}/"))
}

/// What is served.
struct Site {
    folder: PathBuf,
    /// If the folder is built from sources: how, and the newest change of those that it was built from. A lock, so that
    /// nobody reads files of two builds.
    sources: Option<(Kind, RwLock<Option<SystemTime>>)>,
}

/// Threads that serve until the program ends.
fn serve(listener: TcpListener, site: Site, patience: Patience) -> io::Result<Vec<thread::JoinHandle<()>>> {
    let shared = Arc::new((listener, site));
    let start = |_| {
        let shared = Arc::clone(&shared);
        thread::Builder::new().spawn(move || {
            let (listener, site) = &*shared;
            loop {
                match listener.accept() {
                    Ok((client, _)) => told(site.converse(&client, patience)),
                    // No more files can be opened, for instance: it may be better in a while.
                    Err(_) => thread::sleep(Duration::from_millis(100)),
                }
            }
        })
    };
    (0..THREADS).map(start).collect()
}

/// A browser that went away or is too slow is no fault of ours.
fn told(result: io::Result<()>) {
    let quiet = [
        ErrorKind::BrokenPipe,
        ErrorKind::ConnectionReset,
        ErrorKind::ConnectionAborted,
        ErrorKind::TimedOut,
        ErrorKind::WouldBlock,
        ErrorKind::UnexpectedEof,
    ];
    if let Err(error) = result
        && !quiet.contains(&error.kind())
    {
        eprintln!("an answer was lost: {error}");
    }
}

/// An answer: its status, the type of its content, its content.
struct Answer {
    status: &'static str,
    kind: &'static str,
    content: Vec<u8>,
}

impl Answer {
    fn words(status: &'static str, words: impl Into<String>) -> Answer {
        Answer { status, kind: "text/plain; charset=utf-8", content: words.into().into_bytes() }
    }
}

impl Site {
    /// One request and its answer.
    fn converse(&self, client: &TcpStream, patience: Patience) -> io::Result<()> {
        let request = read_request(client, Deadline::after(patience.request))?;
        let first = request.lines().next().unwrap_or_default();
        let mut words = first.split(' ');
        let (method, url) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let answer = match method {
            "GET" | "HEAD" => self.answer(url),
            _ => Answer::words("405 Method Not Allowed", "GET or HEAD"),
        };
        // The policy is in the pages as well; from a header it holds for everything that comes before it.
        let head = format!(
            "HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\nCache-Control: no-cache\r\n\
             {ANY_ORIGIN}\r\nContent-Security-Policy: {}\r\n\r\n",
            answer.status,
            answer.kind,
            answer.content.len(),
            headers::policy_of(&answer.content)
        );
        let deadline = Deadline::after(patience.answer);
        write(client, head.as_bytes(), deadline)?;
        if method != "HEAD" {
            write(client, &answer.content, deadline)?;
        }
        client.shutdown(std::net::Shutdown::Write)
    }

    fn answer(&self, url: &str) -> Answer {
        if is_page(url)
            && let Err(failure) = self.renew()
        {
            eprintln!("{failure}");
            return Answer::words("500 Internal Server Error", format!("{failure}: see the terminal"));
        }
        let _not_while_built = self.sources.as_ref().map(|(_, seen)| seen.read());
        let found = file_of(url, &self.folder).and_then(|(path, kind)| Some((std::fs::read(path).ok()?, kind)));
        match found {
            Some((content, kind)) => Answer { status: "200 OK", kind, content },
            None => Answer::words("404 Not Found", "there is no such file"),
        }
    }

    /// Builds the page if its sources have changed since.
    fn renew(&self) -> Result<(), Failure> {
        let Some((kind, seen)) = &self.sources else { return Ok(()) };
        let newest = files::newest_change(&sources())?;
        // Of several that come at once the first builds; the others find that it was done.
        let mut seen = seen.write().unwrap_or_else(PoisonError::into_inner);
        if newest != *seen {
            page::build(*kind)?;
            *seen = newest;
        }
        Ok(())
    }
}

/// When the patience with a client ends.
#[derive(Clone, Copy)]
struct Deadline(Instant);

impl Deadline {
    fn after(patience: Duration) -> Deadline {
        Deadline(Instant::now() + patience)
    }

    /// # Errors
    /// It has passed.
    fn left(self) -> io::Result<Duration> {
        let left = self.0.saturating_duration_since(Instant::now());
        if left.is_zero() { Err(ErrorKind::TimedOut.into()) } else { Ok(left) }
    }
}

/// A request up to the blank line behind its headers.
fn read_request(mut client: &TcpStream, deadline: Deadline) -> io::Result<String> {
    let mut request = Vec::new();
    let mut piece = [0; 2048];
    while !request.windows(4).any(|end| end == b"\r\n\r\n") {
        client.set_read_timeout(Some(deadline.left()?))?;
        let length = client.read(&mut piece)?;
        if length == 0 || request.len() + length > REQUEST_BYTES {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        request.extend_from_slice(&piece[..length]);
    }
    Ok(String::from_utf8_lossy(&request).into_owned())
}

fn write(mut client: &TcpStream, mut bytes: &[u8], deadline: Deadline) -> io::Result<()> {
    while !bytes.is_empty() {
        client.set_write_timeout(Some(deadline.left()?))?;
        // In pieces: each has to be taken in time.
        let length = client.write(&bytes[..bytes.len().min(64 << 10)])?;
        bytes = &bytes[length..];
    }
    Ok(())
}

/// What the page is made of.
fn sources() -> Vec<PathBuf> {
    ["src", "static", "index.html", "Cargo.toml", "Cargo.lock"].iter().map(|name| files::root().join(name)).collect()
}

fn is_page(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    path == "/" || path == "/index.html"
}

/// The file that an address means, and its type; nothing outside the folder, nothing of an unknown type.
fn file_of(url: &str, folder: &Path) -> Option<(PathBuf, &'static str)> {
    let path = url.split(['?', '#']).next()?.strip_prefix('/')?;
    let is_folder = path.is_empty() || path.ends_with('/');
    let path = if is_folder { Path::new(path).join("index.html") } else { path.into() };
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
    use std::net::SocketAddr;

    #[test]
    fn only_known_files_within_the_folder() {
        let dist = Path::new("dist");
        assert_eq!(file_of("/?lang=zh", dist).map(|(path, _)| path), Some(dist.join("index.html")));
        assert_eq!(file_of("/examples/pi/", dist).map(|(path, _)| path), Some(dist.join("examples/pi/index.html")));
        assert_eq!(file_of("/static/boot.js", dist).map(|(_, kind)| kind), Some("text/javascript; charset=utf-8"));
        for refused in ["/../Cargo.toml", "/static/../../a.js", "//etc/passwd.txt", "/a", "/a.exe", "a.js"] {
            assert_eq!(file_of(refused, dist), None, "{refused}");
        }
    }

    /// Serves a folder with a page and a big file.
    fn started(name: &str) -> SocketAddr {
        let folder = std::env::temp_dir().join(format!("job-playground-server-{name}"));
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join("index.html"), "the page").expect("a file");
        std::fs::write(folder.join("big.bin"), vec![7; 32 << 20]).expect("a file");
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let address = listener.local_addr().expect("an address");
        let patience = Patience { request: Duration::from_millis(500), answer: Duration::from_millis(1500) };
        serve(listener, Site { folder, sources: None }, patience).expect("threads");
        address
    }

    fn get(address: SocketAddr, request: &str) -> String {
        let mut client = TcpStream::connect(address).expect("a connection");
        client.write_all(request.as_bytes()).expect("sent");
        let mut answer = Vec::new();
        client.read_to_end(&mut answer).expect("an answer");
        String::from_utf8_lossy(&answer).into_owned()
    }

    const PAGE: &str = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

    #[test]
    fn answers_are_whole() {
        let address = started("whole");
        let page = get(address, PAGE);
        assert!(page.starts_with("HTTP/1.1 200 OK\r\n") && page.ends_with("\r\n\r\nthe page"), "{page}");
        assert!(page.contains("\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 8\r\n"), "{page}");
        let head = get(address, "HEAD /index.html HTTP/1.1\r\n\r\n");
        assert!(head.contains("Content-Length: 8") && head.ends_with("\r\n\r\n"), "{head}");
        assert!(get(address, "GET /no.js HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 404 "));
        assert!(get(address, "POST / HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 405 "));
        assert_eq!(get(address, "GET /big.bin HTTP/1.1\r\n\r\n").matches('\u{7}').count(), 32 << 20);
    }

    #[test]
    fn each_page_is_sent_with_its_own_policy_and_to_every_origin() {
        let address = started("policy");
        let html = headers::with_policy("<meta charset=\"utf-8\">", "default-src 'none'");
        let folder = std::env::temp_dir().join("job-playground-server-policy");
        std::fs::write(folder.join("embed.html"), html).expect("a file");
        let sent = |name: &str| get(address, &format!("GET /{name} HTTP/1.1\r\n\r\n"));
        assert!(sent("embed.html").contains("\r\nContent-Security-Policy: default-src 'none'\r\n"));
        assert!(sent("index.html").contains("script-src 'self' 'wasm-unsafe-eval'"));
        assert!(sent("big.bin").contains("\r\nAccess-Control-Allow-Origin: *\r\n"));
    }

    #[test]
    fn who_sends_nothing_or_reads_nothing_blocks_nobody() {
        let address = started("slow");
        let silent: Vec<TcpStream> = (0..10).map(|_| TcpStream::connect(address).expect("a connection")).collect();
        let deaf: Vec<TcpStream> = (0..10)
            .map(|_| {
                let mut client = TcpStream::connect(address).expect("a connection");
                client.write_all(b"GET /big.bin HTTP/1.1\r\n\r\n").expect("sent");
                client
            })
            .collect();
        let mut endless = TcpStream::connect(address).expect("a connection");
        endless.write_all(b"GET / HTTP/1.1\r\n").expect("sent");
        for _ in 0..5 {
            assert!(get(address, PAGE).ends_with("the page"));
        }
        drop((silent, deaf));
        // Headers without an end: given up on.
        while endless.write_all(&[b'a'; 4096]).is_ok() {}
        assert!(get(address, PAGE).ends_with("the page"));
    }

    /// More of them than there are threads: the others wait until these are given up on.
    #[test]
    fn slow_clients_are_given_up_on() {
        let address = started("many");
        let silent: Vec<TcpStream> =
            (0..2 * THREADS).map(|_| TcpStream::connect(address).expect("a connection")).collect();
        assert!(get(address, PAGE).ends_with("the page"));
        for mut client in silent {
            assert!(matches!(client.read(&mut [0; 1]), Ok(0) | Err(_)), "its connection was closed");
        }
    }
}
