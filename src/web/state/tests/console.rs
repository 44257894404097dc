//! The console: commands run one after the other, each in the run that the one before has led to.

use super::super::action::{Action, Detail, Pane};
use super::super::console::{ConsoleAction, Entry, Said};
use super::super::effect::Effect;
use super::{JOB, Page};
use crate::limits::CONSOLE_LINKS;
use crate::texts::Lang;
use crate::time::Time;

impl Page {
    fn run(&mut self, line: &str) -> Vec<Effect> {
        self.act(Action::Console(ConsoleAction::Run(line.to_owned())))
    }

    fn entry(&self) -> &Entry {
        self.state.console.entries.last().expect("a line was run")
    }

    /// What the newest line has printed until now, with times of what comes later.
    fn printed(&self) -> String {
        let entry = self.entry();
        let said = entry.said.iter().map(|said| match said {
            Said::Printed(printed) => printed.text.to_string(),
            Said::Note(note) => format!("# {}\n", note.text(Lang::En, |at| Lang::En.format().clock_short(at))),
            Said::Added(_) => "(added)\n".to_owned(),
            Said::Locked => "(locked)\n".to_owned(),
            Said::Broken => "(broken)\n".to_owned(),
        });
        let later = entry.follow.iter().flat_map(|follow| follow.lines.iter());
        said.chain(later.map(|line| format!("({}) {}", line.at - Time::ZERO, line.text))).collect()
    }

    fn at(seconds: i64) -> Page {
        let mut page = Page::open(JOB);
        page.act(Action::Seek(Time::from_seconds(seconds)));
        page
    }

    fn pod(&self) -> String {
        let pod = self.state.run.recording.pods_at(self.state.playhead).next().expect("there is a pod");
        pod.name()
    }
}

#[test]
fn a_line_opens_the_console_and_prints_below_itself() {
    let mut page = Page::at(3);
    page.act(Action::TogglePlay);
    let effects = page.run("kubectl get jobs");
    assert_eq!(effects, [Effect::OpenConsole, Effect::KeepConsole, Effect::RunConsole]);
    assert_eq!((page.state.detail, page.state.pane, page.state.playing), (Detail::Console, Pane::Why, false));
    assert_eq!(&*page.entry().line, "kubectl get jobs");
    assert_eq!(
        page.printed(),
        "NAME   STATUS    COMPLETIONS   DURATION   AGE\na      Running   0/1           3s         3s\n"
    );
    let Said::Printed(printed) = &page.entry().said[0] else { panic!("it prints") };
    let linked: Vec<_> = printed.links.iter().map(|link| (&printed.text[link.range.clone()], link.is_status)).collect();
    assert_eq!(linked, [("a", false), ("Running", true)]);
    assert_eq!(page.run("  "), [Effect::OpenConsole], "nothing was typed");
    assert_eq!(page.state.console.history.len(), 1);
}

#[test]
fn what_acts_is_a_change_of_the_text_before_the_next_command() {
    let mut page = Page::at(3);
    let pod = page.pod();
    page.run(&format!("kubectl delete pod {pod} && kubectl get pods --no-headers"));
    let printed = page.printed();
    assert!(printed.starts_with(&format!("pod \"{pod}\" deleted from default namespace\n(added)\n{pod}")), "{printed}");
    assert!(printed.contains("Terminating"), "{printed}");
    assert!(page.text().contains(&format!("delete: {{pod: {pod}}}")), "{}", page.text());
    assert_eq!((page.recorded, page.state.playhead), (2, Time::from_seconds(3)));
    assert!(page.state.selection.is_some(), "what it did is explained");
    page.run("undo");
    assert_eq!(page.text(), JOB);
    page.run("redo");
    page.run("reset");
    assert!(!page.text().contains("delete"), "{}", page.text());
    assert_eq!(page.state.playhead, Time::ZERO);
}

#[test]
fn what_waits_moves_the_playhead_only_to_moments_of_the_run() {
    let mut page = Page::at(3);
    page.run("kubectl wait --for=condition=failed job/a --timeout=1h; kubectl get job a --no-headers");
    let end = page.state.run.timeline.end;
    assert!(page.printed().contains("condition met") && page.printed().contains("Failed"), "{}", page.printed());
    assert_eq!(page.state.playhead, end, "the Job fails at the end");
    page.act(Action::Seek(Time::from_seconds(3)));
    page.run("kubectl wait --for=condition=complete job/a --timeout=24h");
    assert!(page.printed().contains("# never happens: Job a is Failed from"), "{}", page.printed());
    assert_eq!(page.state.playhead, Time::from_seconds(3));
}

#[test]
fn what_is_followed_goes_on_in_another_run() {
    let mut page = Page::at(3);
    let pod = page.pod();
    page.run("kubectl get pods -w --no-headers");
    assert!(page.state.console.is_following() && !page.state.console.is_busy());
    assert!(
        page.printed().starts_with(&format!("{pod}   1/1   Running   0     3s\n(6.5s) {pod}   0/1   Error")),
        "{}",
        page.printed()
    );
    page.act(Page::restart_at(4));
    page.run("kubectl get pods");
    assert!(!page.state.console.is_following(), "another line ends it");
    page.run("kubectl get pods -w --no-headers");
    let before = page.printed();
    let typed = page.text().replace("sleep 5", "sleep 7");
    page.act(Action::Type(typed));
    assert!(page.state.console.is_following());
    assert_ne!(page.printed(), before, "in the new run it goes on otherwise");
    page.act(Action::Console(ConsoleAction::Stop));
    assert!(!page.state.console.is_following());
}

#[test]
fn commands_run_whatever_becomes_of_the_text() {
    let mut page = Page::at(3);
    page.act(Action::Type(JOB.replace("spec:", "spec: [")));
    page.run("kubectl get jobs --no-headers");
    assert!(page.printed().starts_with("a "), "the run that is shown: {}", page.printed());
    let text = page.text().to_owned();
    page.run("kubectl delete job a");
    assert_eq!((page.text(), page.printed().as_str()), (text.as_str(), "(broken)\n"));
    let mut empty = Page::open("");
    empty.run("kubectl get pods");
    assert_eq!(empty.printed(), "No resources found in default namespace.\n");
    empty.run("kubectl create job b --image=busybox -- sleep 5; kubectl get jobs --no-headers");
    assert!(empty.printed().contains("job.batch/b created"), "{}", empty.printed());
}

/// Whatever is typed, the newest line leads to no more names than the page bears.
#[test]
fn one_line_leads_to_so_many_names() {
    let mut page = Page::at(7);
    page.run(&"kubectl get pods,jobs; ".repeat(100));
    assert_eq!(page.entry().links(), CONSOLE_LINKS);
    let many = JOB.replace("backoffLimit: 1", "completions: 400\n  parallelism: 400");
    let mut page = Page::open(&many);
    page.act(Action::Seek(Time::from_seconds(3)));
    for line in ["kubectl get pods -o yaml", "kubectl describe pods", "kubectl get pods --sort-by=.metadata.name"] {
        page.run(line);
        assert_eq!(page.printed(), "error: more than is done at once here\n", "{line}");
    }
    page.run("kubectl get pods -o name | wc -l");
    assert_eq!(page.printed(), "400\n");
}

#[test]
fn the_last_lines_are_kept() {
    let mut page = Page::open(JOB);
    page.state.console.remember(vec!["kubectl get jobs".into(), "help".into()]);
    for line in ["time", "help", "time"] {
        page.run(line);
    }
    let lines: Vec<_> = page.state.console.history.iter().map(|line| &**line).collect();
    assert_eq!(lines, ["kubectl get jobs", "help", "time"], "each once, the last one last");
    page.run("history");
    assert_eq!(page.printed(), "kubectl get jobs\nhelp\ntime\nhistory\n");
    // Those of an earlier visit are read once a line was run, too, and those of another tab.
    page.state.console.remember(vec!["kubectl get jobs".into(), "kubectl get pods".into()]);
    page.run("history");
    assert_eq!(page.printed(), "kubectl get pods\nkubectl get jobs\nhelp\ntime\nhistory\n");
    for number in 0..300 {
        page.run(&format!("echo {number}"));
    }
    assert_eq!((page.state.console.history.len(), page.state.console.entries.len()), (200, 60));
    page.run("clear");
    assert!(page.state.console.entries.is_empty());
}

#[test]
fn words_beside_kubectl_move_the_page() {
    let mut page = Page::at(0);
    page.run("next 2");
    let at = page.state.playhead;
    page.run("back");
    assert!(page.state.playhead < at);
    page.run("time 0:06; why job/a");
    assert_eq!(page.state.playhead, Time::from_seconds(6));
    assert!(page.printed().contains("# "), "{}", page.printed());
    page.run("inject restart");
    assert!(page.text().contains("restartControllers"));
    page.run("share");
    assert!(page.state.dialog.is_some());
}
