//! What the browser tests need of the machine: Chromium, fonts for Chinese, Node and npm; for all browsers Firefox and
//! WebKitGTK, too. Installs what is missing, and only that, as root on Debian; names the command that does elsewhere.

use crate::browser::Browsers;
use crate::{Failure, browser};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Need {
    Chromium,
    Fonts,
    Node,
    Npm,
    Firefox,
    WebKit,
}

impl Need {
    fn name(self) -> &'static str {
        match self {
            Need::Chromium => "Chromium",
            Need::Fonts => "fonts for Chinese",
            Need::Node => "Node",
            Need::Npm => "npm",
            Need::Firefox => "Firefox",
            Need::WebKit => "WebKitGTK with its driver, and Xvfb",
        }
    }
}

/// A package manager, and what it calls its packages.
#[derive(Debug)]
struct Manager {
    /// Refreshes its lists, where installing does not.
    update: Option<&'static str>,
    install: &'static str,
    by_root: bool,
    /// Whether this program may run it: only where that was tried.
    runs_here: bool,
    chromium: Source,
    fonts: &'static str,
    node: &'static str,
    npm: &'static str,
    firefox: Source,
    /// WebKitGTK's WebDriver with a browser to drive, and a display without a screen; `None` where nobody tried.
    webkit: Option<&'static [&'static str]>,
}

#[derive(Clone, Copy, Debug)]
enum Source {
    Package(&'static str),
    /// Another manager has it: the whole command.
    Command(&'static str),
}

const DEBIAN: Manager = Manager {
    update: Some("apt-get update"),
    install: "apt-get install -y",
    by_root: true,
    runs_here: true,
    chromium: Source::Package("chromium"),
    fonts: "fonts-noto-cjk",
    node: "nodejs",
    npm: "npm",
    firefox: Source::Package("firefox-esr"),
    webkit: Some(&["webkit2gtk-driver", "xvfb", "xauth"]),
};
const UBUNTU: Manager = Manager {
    chromium: Source::Command("snap install chromium"),
    firefox: Source::Command("snap install firefox"),
    ..DEBIAN
};
const FEDORA: Manager = Manager {
    update: None,
    install: "dnf install -y",
    by_root: true,
    runs_here: false,
    chromium: Source::Package("chromium"),
    fonts: "google-noto-sans-cjk-fonts",
    node: "nodejs",
    npm: "npm",
    firefox: Source::Package("firefox"),
    webkit: None,
};
const ARCH: Manager = Manager {
    update: None,
    install: "pacman -S --needed",
    by_root: true,
    runs_here: false,
    chromium: Source::Package("chromium"),
    fonts: "noto-fonts-cjk",
    node: "nodejs",
    npm: "npm",
    firefox: Source::Package("firefox"),
    webkit: None,
};
const HOMEBREW: Manager = Manager {
    update: None,
    install: "brew install",
    by_root: false,
    runs_here: false,
    chromium: Source::Command("brew install --cask google-chrome"),
    fonts: "font-noto-sans-cjk",
    node: "node",
    npm: "node",
    firefox: Source::Command("brew install --cask firefox"),
    webkit: None,
};

/// Where npm comes from, given the Node that is there or would be installed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Npm {
    /// A package of its own, as Debian has it.
    OwnPackage,
    /// Node's package holds it and conflicts with any other, as NodeSource's does.
    WithNode,
    /// The Node on the path is of no package, so neither is its npm.
    Unpackaged,
}

/// What decides how a missing thing gets here.
#[derive(Debug)]
struct Machine {
    manager: Option<&'static Manager>,
    is_root: bool,
    npm: Npm,
}

/// How what is missing gets here.
#[derive(Debug, Default, PartialEq, Eq)]
struct Plan {
    /// For the package manager.
    packages: Vec<&'static str>,
    /// What it cannot do: a sentence or a command each.
    by_hand: Vec<String>,
}

/// Installs what is missing where that is possible; fails with the commands that would help where it is not.
pub(crate) fn what_is_missing(browsers: Browsers) -> Result<(), Failure> {
    let missing = || missing(browsers);
    if missing().is_empty() {
        return Ok(());
    }
    let mut machine = Machine::here();
    if let Some(manager) = machine.manager
        && manager.runs_here
        && machine.is_root
    {
        if let Some(update) = manager.update {
            // Lists that cannot be refreshed may still do: whether they do is for the installation to tell.
            run(update).unwrap_or_else(|failure| eprintln!("{failure}"));
            machine = Machine::here();
        }
        let packages = plan(&missing(), &machine).packages;
        if !packages.is_empty() {
            run(&format!("{} {}", manager.install, packages.join(" ")))
                .map_err(|failure| format!("{failure}\n{}", advice(&missing(), &machine)))?;
        }
    }
    let missing = missing();
    if missing.is_empty() { Ok(()) } else { Err(advice(&missing, &Machine::here()).into()) }
}

/// The packages of what is missing and of nothing else.
fn plan(missing: &[Need], machine: &Machine) -> Plan {
    let mut plan = Plan::default();
    let Some(manager) = machine.manager else {
        plan.by_hand.push(
            "install them; `node` and `npm` must be on the path, so must `chromium` unless $CHROMIUM names it".into(),
        );
        return plan;
    };
    let command = |command: &str| format!("{}{command}", machine.sudo());
    let from = |source, plan: &mut Plan| match source {
        Source::Package(name) => plan.packages.push(name),
        Source::Command(install) => plan.by_hand.push(command(install)),
    };
    for need in missing {
        match need {
            Need::Chromium => from(manager.chromium, &mut plan),
            Need::Firefox => from(manager.firefox, &mut plan),
            Need::WebKit => match manager.webkit {
                Some(names) => plan.packages.extend(names),
                None => plan.by_hand.push("WebKitGTK is tested on Debian: webkit2gtk-driver, xvfb, xauth".into()),
            },
            Need::Fonts => plan.packages.push(manager.fonts),
            Need::Node => plan.packages.push(manager.node),
            Need::Npm => match machine.npm {
                Npm::OwnPackage => plan.packages.push(manager.npm),
                Npm::WithNode if missing.contains(&Need::Node) => {}
                Npm::WithNode => {
                    plan.by_hand.push(command(&format!("{} --reinstall {}", manager.install, manager.node)))
                }
                Npm::Unpackaged => plan.by_hand.push(format!(
                    "install the Node on the path again, with its npm; or an npm with a Node of its own: {}",
                    command(&format!("{} {}", manager.install, manager.npm))
                )),
            },
        }
    }
    plan.packages.dedup();
    plan
}

/// What is missing, and a line for each command that helps.
fn advice(missing: &[Need], machine: &Machine) -> String {
    let names: Vec<&str> = missing.iter().map(|need| need.name()).collect();
    let mut lines = vec![format!("missing for the browser tests: {}", names.join(", "))];
    let plan = plan(missing, machine);
    if let Some(manager) = machine.manager
        && !plan.packages.is_empty()
    {
        let install = format!("{} {}", manager.install, plan.packages.join(" "));
        let commands: Vec<String> =
            manager.update.iter().copied().chain([&*install]).map(|one| format!("{}{one}", machine.sudo())).collect();
        lines.push(commands.join(" && "));
    }
    lines.extend(plan.by_hand);
    lines.push("(or all but these tests: cargo xtask test --no-browser)".to_owned());
    lines.join("\n")
}

impl Machine {
    fn here() -> Self {
        Machine { manager: Manager::here(), is_root: is_root(), npm: npm() }
    }

    fn sudo(&self) -> &'static str {
        if self.is_root || !self.manager.is_some_and(|manager| manager.by_root) { "" } else { "sudo " }
    }
}

impl Manager {
    fn here() -> Option<&'static Manager> {
        let found = [("apt-get", &DEBIAN), ("dnf", &FEDORA), ("pacman", &ARCH), ("brew", &HOMEBREW)];
        let (_, manager) = found.into_iter().find(|(program, _)| browser::on_path(program).is_some())?;
        let release = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
        Some(if release.lines().any(|line| line == "ID=ubuntu") { &UBUNTU } else { manager })
    }
}

fn missing(browsers: Browsers) -> Vec<Need> {
    let is_for_all = browsers == Browsers::All;
    let found = [
        (Need::Chromium, browser::chromium().is_some()),
        (Need::Fonts, has_chinese_fonts()),
        (Need::Node, browser::on_path("node").is_some()),
        (Need::Npm, browser::on_path("npm").is_some()),
        (Need::Firefox, !is_for_all || browser::firefox().is_some()),
        (Need::WebKit, !is_for_all || browser::webkit().is_some()),
    ];
    found.into_iter().filter(|(_, found)| !found).map(|(need, _)| need).collect()
}

/// Without them Chinese is boxes in the pictures. Only Linux may lack them.
fn has_chinese_fonts() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    match Command::new("fc-list").arg(":lang=zh-cn").output() {
        Ok(output) => !output.stdout.is_empty(),
        Err(_) => Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").exists(),
    }
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// Asks dpkg and apt; where there is neither, npm is a package like another.
fn npm() -> Npm {
    let says = |program: &str, arguments: &[&str]| {
        let output = Command::new(program).args(arguments).stderr(Stdio::null()).output().ok()?;
        Some((output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned()))
    };
    if let Some(node) = browser::on_path("node") {
        let node: PathBuf = node.canonicalize().unwrap_or(node);
        if matches!(says("dpkg-query", &["--search", &node.to_string_lossy()]), Some((false, _))) {
            return Npm::Unpackaged;
        }
    }
    match says("apt-cache", &["show", "--no-all-versions", DEBIAN.node]) {
        Some((true, record)) if provides(&record, DEBIAN.npm) => Npm::WithNode,
        _ => Npm::OwnPackage,
    }
}

/// Whether a package's record says that it holds another package, too.
fn provides(record: &str, name: &str) -> bool {
    let provided = record.lines().filter_map(|line| line.strip_prefix("Provides:")).flat_map(|names| names.split(','));
    provided.into_iter().any(|provided| provided.split_whitespace().next() == Some(name))
}

fn run(command: &str) -> Result<(), Failure> {
    println!("{command}");
    let mut words = command.split(' ');
    let mut program = Command::new(words.next().unwrap_or_default());
    program.args(words).env("DEBIAN_FRONTEND", "noninteractive").stdin(Stdio::null());
    match program.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{command}` failed: {status}").into()),
        Err(error) => Err(format!("`{command}` cannot start: {error}").into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Need::{Chromium, Firefox, Fonts, Node, Npm as NpmItself, WebKit};

    const ROOT: Machine = Machine { manager: Some(&DEBIAN), is_root: true, npm: Npm::OwnPackage };
    const USER: Machine = Machine { is_root: false, ..ROOT };
    const ALL: [Need; 4] = [Chromium, Fonts, Node, NpmItself];

    #[track_caller]
    fn installs(machine: &Machine, missing: &[Need], packages: &[&'static str]) {
        assert_eq!(plan(missing, machine), Plan { packages: packages.to_vec(), by_hand: Vec::new() });
    }

    #[test]
    fn installs_what_is_missing_and_only_that() {
        installs(&ROOT, &[], &[]);
        installs(&ROOT, &[Chromium], &["chromium"]);
        installs(&ROOT, &[Fonts], &["fonts-noto-cjk"]);
        installs(&ROOT, &[Node, NpmItself], &["nodejs", "npm"]);
        installs(&ROOT, &[Node], &["nodejs"]);
        installs(&ROOT, &[NpmItself], &["npm"]);
        installs(&ROOT, &ALL, &["chromium", "fonts-noto-cjk", "nodejs", "npm"]);
        installs(&ROOT, &[Firefox, WebKit], &["firefox-esr", "webkit2gtk-driver", "xvfb", "xauth"]);
    }

    #[test]
    fn an_npm_that_comes_with_node_is_no_package() {
        let machine = Machine { npm: Npm::WithNode, ..ROOT };
        installs(&machine, &[Chromium], &["chromium"]);
        installs(&machine, &ALL, &["chromium", "fonts-noto-cjk", "nodejs"]);
        let plan = plan(&[Chromium, NpmItself], &machine);
        assert_eq!(plan.packages, ["chromium"]);
        assert_eq!(plan.by_hand, ["apt-get install -y --reinstall nodejs"]);
    }

    #[test]
    fn a_node_of_no_package_gets_no_package_for_its_npm() {
        let plan = plan(&[Fonts, NpmItself], &Machine { npm: Npm::Unpackaged, ..USER });
        assert_eq!(plan.packages, ["fonts-noto-cjk"]);
        assert_eq!(plan.by_hand.len(), 1);
        assert!(plan.by_hand[0].ends_with("sudo apt-get install -y npm"), "{plan:?}");
    }

    #[test]
    fn names_the_command() {
        let line = |missing: &[Need], machine: &Machine| advice(missing, machine).lines().nth(1).unwrap().to_owned();
        let debian = "sudo apt-get update && sudo apt-get install -y chromium fonts-noto-cjk";
        assert_eq!(line(&[Chromium, Fonts], &USER), debian);
        assert_eq!(line(&[Node, NpmItself], &ROOT), "apt-get update && apt-get install -y nodejs npm");
        let fedora = Machine { manager: Some(&FEDORA), ..USER };
        assert_eq!(line(&ALL, &fedora), "sudo dnf install -y chromium google-noto-sans-cjk-fonts nodejs npm");
        let mac = Machine { manager: Some(&HOMEBREW), ..USER };
        assert_eq!(line(&[Node, NpmItself], &mac), "brew install node");
        assert_eq!(line(&[Chromium], &mac), "brew install --cask google-chrome");
        let ubuntu = Machine { manager: Some(&UBUNTU), ..USER };
        assert_eq!(line(&[Chromium], &ubuntu), "sudo snap install chromium");
        let unknown = Machine { manager: None, ..USER };
        assert!(
            advice(&ALL, &unknown).starts_with("missing for the browser tests: Chromium, fonts for Chinese, Node, npm")
        );
        assert!(line(&ALL, &unknown).contains("on the path"));
    }

    #[test]
    fn reads_what_a_package_provides() {
        let nodesource = "Package: nodejs\nProvides: nodejs-dev, nodejs-legacy, npm\nConflicts: npm\n";
        assert!(provides(nodesource, "npm"));
        assert!(provides("Provides: npm (= 9.2.0)", "npm"));
        assert!(!provides("Package: nodejs\nProvides: node-types-node (= 18)\nRecommends: npm\n", "npm"));
    }
}
