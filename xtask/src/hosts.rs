//! Sites of others with runs in them: each kit in a real site, built by the real program and opened in Chromium. They
//! need the registries of these programs, so they are no part of `cargo xtask test`.

use crate::browser::{self, Browsers};
use crate::command::run;
use crate::{Failure, cargo, files};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A documentation system with its site in `tests/hosts/NAME`.
struct Host {
    name: &'static str,
    program: Program,
    /// What of the kit goes where, as its README says.
    kit: &'static [(&'static str, &'static str)],
    /// Where scripts and style sheets lie.
    assets: &'static str,
    build: &'static [&'static str],
    /// What is built.
    out: &'static str,
    /// The file with the first text, for a mistake in it.
    text: &'static str,
}

/// How the system gets here.
enum Program {
    /// It is none, but for Node.
    Node,
    /// `requirements.txt`, into an environment of its own.
    Pip,
    /// `package.json`.
    Npm,
    /// A package of Debian.
    Debian(&'static str),
}

const PLAYER: &str = "static/embed/job-playground.js";
const STYLE: &str = "kits/job-playground.css";
const PASTE: (&str, &str) = ("tests/hosts/paste.mjs", "paste.mjs");
const NODE: (&str, &str) = ("kits/node", "job-playground");

const HOSTS: [Host; 8] = [
    Host {
        name: "html",
        program: Program::Node,
        kit: &[NODE, PASTE],
        assets: ".",
        build: &["node paste.mjs"],
        out: ".",
        text: "retries.yaml",
    },
    Host {
        name: "mdbook",
        program: Program::Pip,
        kit: &[],
        assets: ".",
        build: &["mdbook build"],
        out: "book",
        text: "src/runs.md",
    },
    Host {
        name: "mkdocs",
        program: Program::Pip,
        kit: &[("kits/mkdocs/job_playground.py", "job_playground.py")],
        assets: "pages",
        build: &["mkdocs build --strict --quiet"],
        out: "site",
        text: "pages/runs.md",
    },
    Host {
        name: "sphinx",
        program: Program::Pip,
        kit: &[("kits/sphinx/job_playground.py", "job_playground.py")],
        assets: "_static",
        build: &["sphinx-build -qW . out", "sphinx-build -qb text . text"],
        out: "out",
        text: "runs.rst",
    },
    Host {
        name: "hugo",
        program: Program::Debian("hugo"),
        kit: &[("kits/hugo/layouts", "layouts")],
        assets: "static",
        build: &["job-playground embed runs --out assets/runs", "hugo --quiet"],
        out: "public",
        text: "runs/retries.yaml",
    },
    Host {
        name: "vitepress",
        program: Program::Npm,
        kit: &[NODE],
        assets: "public",
        build: &["npx vitepress build"],
        out: ".vitepress/dist",
        text: "runs.md",
    },
    Host {
        name: "docusaurus",
        program: Program::Npm,
        kit: &[NODE],
        assets: "static",
        build: &["npx docusaurus build"],
        out: "build",
        text: "pages/runs.md",
    },
    Host {
        name: "reveal",
        program: Program::Npm,
        kit: &[
            NODE,
            PASTE,
            ("kits/reveal/reveal-beats.js", "reveal-beats.js"),
            ("node_modules/reveal.js/dist", "reveal.js"),
        ],
        assets: ".",
        build: &["node paste.mjs"],
        out: ".",
        text: "retries.yaml",
    },
];

/// Builds and opens one of them.
pub(crate) fn check(name: &str) -> Result<(), Failure> {
    let names: Vec<&str> = HOSTS.iter().map(|host| host.name).collect();
    let host = HOSTS.iter().find(|host| host.name == name);
    let host = host.ok_or_else(|| format!("`hosts` knows {}, not `{name}`", names.join(", ")))?;
    browser::prepare(Browsers::Chromium)?;
    let site = Site { host, folder: files::root().join("target/hosts").join(name), terminal: cargo::build_terminal()? };
    site.install()?;
    site.refuses_a_mistake()?;
    site.write()?;
    site.build()?;
    run(browser::tests_of_site("sites/site.js", &site.folder.join(host.out))?.env("HOST", name))
}

struct Site {
    host: &'static Host,
    folder: PathBuf,
    terminal: PathBuf,
}

impl Site {
    /// The program with what it needs, unless it is there.
    fn install(&self) -> Result<(), Failure> {
        let sources = files::root().join("tests/hosts").join(self.host.name);
        let (list, commands): (_, &[&str]) = match self.host.program {
            Program::Node => return Ok(()),
            Program::Debian(name) => return installed(name),
            Program::Pip => {
                ("requirements.txt", &["python3 -m venv venv", "venv/bin/pip install --quiet -r requirements.txt"])
            }
            Program::Npm => ("package.json", &["npm install --no-audit --no-fund --no-package-lock"]),
        };
        let wanted = files::read(&sources.join(list))?;
        let stamp = self.folder.join("installed");
        if std::fs::read(&stamp).is_ok_and(|there| there == wanted) {
            return Ok(());
        }
        files::write(&self.folder.join(list), &wanted)?;
        for command in commands {
            println!("{command}");
            run(&mut self.command(command))?;
        }
        files::write(&stamp, wanted)
    }

    /// The site with the kit and the player in it, and nothing of another time.
    fn write(&self) -> Result<(), Failure> {
        let kept = ["venv", "node_modules", "installed"];
        for entry in std::fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let path = entry.path();
            match path.is_dir() {
                _ if kept.iter().any(|name| path.ends_with(name)) => {}
                true => files::remove(&path)?,
                false => std::fs::remove_file(path)?,
            }
        }
        files::copy(&files::root().join("tests/hosts").join(self.host.name), &self.folder)?;
        for (from, to) in self.host.kit {
            // What npm brought lies in the site.
            let from = if from.starts_with("node_modules") { self.folder.join(from) } else { files::root().join(from) };
            match from.is_dir() {
                true => files::copy(&from, &self.folder.join(to))?,
                false => files::write(&self.folder.join(to), files::read(&from)?)?,
            }
        }
        for file in [PLAYER, STYLE] {
            let from = files::root().join(file);
            let name = from.file_name().unwrap_or_default();
            files::write(&self.folder.join(self.host.assets).join(name), files::read(&from)?)?;
        }
        Ok(())
    }

    fn build(&self) -> Result<(), Failure> {
        self.host.build.iter().try_for_each(|command| run(&mut self.command(command)))
    }

    /// With a mistake in a text nothing is built, and what is said leads to the line.
    fn refuses_a_mistake(&self) -> Result<(), Failure> {
        self.write()?;
        let path = self.folder.join(self.host.text);
        let text = files::read_text(&path)?;
        let line = text.lines().position(|line| line.trim() == "kind: Job").ok_or("there is no text to break")? + 1;
        files::write(&path, text.replacen("kind: Job", "kind: Jobb", 1))?;
        let place = format!("{}:{line}:", self.host.text);
        for command in self.host.build {
            let output =
                self.command(command).output().map_err(|error| format!("`{command}` cannot start: {error}"))?;
            let said = [output.stdout, output.stderr].concat();
            let said = String::from_utf8_lossy(&said);
            match output.status.success() {
                true => {}
                false if said.contains(&place) => return Ok(()),
                false => return Err(format!("{command}: the message does not name {place}\n{said}").into()),
            }
        }
        Err(format!("{}: built in spite of the mistake at {place}", self.host.name).into())
    }

    /// A command in the folder of the site, with all programs on the path.
    fn command(&self, line: &str) -> Command {
        let mut words = line.split(' ');
        let program = words.next().unwrap_or_default();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let own = [self.folder.join("venv/bin"), self.terminal.parent().unwrap_or(Path::new(".")).to_owned()];
        let folders: Vec<PathBuf> = own.into_iter().chain(std::env::split_paths(&path)).collect();
        // The program itself is looked for on the path of this process.
        let found = folders.iter().map(|folder| folder.join(program)).find(|file| file.is_file());
        let mut command = Command::new(found.unwrap_or_else(|| program.into()));
        command.args(words).current_dir(&self.folder).env("JOB_PLAYGROUND", &self.terminal);
        command.env("PATH", std::env::join_paths(folders).unwrap_or(path));
        command
    }
}

fn installed(package: &str) -> Result<(), Failure> {
    if browser::on_path(package).is_some() {
        return Ok(());
    }
    let install = format!("apt-get install -y {package}");
    let mut words = install.split(' ');
    let status = Command::new(words.next().unwrap_or_default()).args(words).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        _ => Err(format!("{package} is missing; on Debian: {install}").into()),
    }
}
