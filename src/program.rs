//! What a program in a container will do, and what its command suggests: common shell idioms are read, never executed.
//! Where anything in a command is beyond this little reader, it says nothing rather than something wrong.

mod budget;
mod daemons;
mod guesses;
mod one_liner;
mod outcome;
mod output;
mod shell;
mod surroundings;

use crate::limits::COMMAND_BYTES;
use crate::time::Span;
pub use budget::Bound;
use budget::Budget;
pub use guesses::Guesses;
use outcome::Outcome;
pub use output::{Line, date, output};
use std::rc::Rc;
pub use surroundings::Surroundings;

/// What one run of one program does, all defaults filled in (docs/scenario.md, behaviors).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Program {
    /// How long it runs; [`Span::FOREVER`] until it is stopped.
    pub run: Span,
    /// Exit code when it ends on its own.
    pub exit_code: i32,
    /// How long it continues after SIGTERM; [`Span::FOREVER`] ignores the signal.
    pub terminate_after: Span,
    /// Exit code when it ends because of SIGTERM.
    pub terminate_exit_code: i32,
}

impl Default for Program {
    /// 10 s and success; 500 ms and 143 (128 + SIGTERM) when it is stopped.
    fn default() -> Program {
        Program {
            run: Span::from_seconds(10),
            exit_code: 0,
            terminate_after: Span::from_millis(500),
            terminate_exit_code: 143,
        }
    }
}

/// A program that does not sleep ends at once in real life; here it runs this long, so that there is something to see
/// and to interrupt.
const SHORT: Span = Span::from_seconds(1);

/// Why there is no guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoGuess {
    /// The command has something that this reader does not know.
    NotUnderstood,
    /// Reading it to its end would cost too much.
    Beyond(Bound),
}

/// What a container starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Started<'a> {
    /// The container's command, then its args; without any, the image decides.
    pub command: &'a [Rc<str>],
    /// Its image.
    pub image: &'a str,
    /// Its name: those of proxies that are injected tell more than their images.
    pub container: &'a str,
}

/// What a container does in a pod with this completion index.
///
/// # Errors
/// [`NoGuess`] if it cannot be read.
pub fn guess(started: Started<'_>, index: Option<u32>) -> Result<Program, NoGuess> {
    guess_within(&Budget::default(), started, index)
}

fn guess_within(budget: &Budget, started: Started<'_>, index: Option<u32>) -> Result<Program, NoGuess> {
    let command = started.command;
    if command.is_empty() && (daemons::is_image_of_daemon(started.image) || daemons::is_daemon(started.container)) {
        return Ok(Program { run: Span::FOREVER, ..Program::default() });
    }
    let mut bytes = 0;
    for word in command {
        bytes += word.len() + 1;
        if bytes > COMMAND_BYTES {
            return Err(NoGuess::Beyond(Bound::Length));
        }
    }
    let words: Vec<&str> = command.iter().map(|word| &**word).collect();
    let outcome = outcome(&words, index, budget);
    let outcome = outcome.ok_or_else(|| budget.exceeded().map_or(NoGuess::NotUnderstood, NoGuess::Beyond))?;
    let run = if outcome.slept == Span::ZERO { SHORT } else { outcome.slept };
    Ok(Program { run, exit_code: outcome.exit_code, ..Program::default() })
}

fn outcome(words: &[&str], index: Option<u32>, budget: &Budget) -> Option<Outcome> {
    match words {
        [] => None,
        [shell, rest @ ..] if is_shell(shell) => {
            let script = shell::Script { is_bash: base_name(shell) == "bash", ..script_of(rest)? };
            shell::run_script(script, index, budget)
        }
        words => shell::run_command(words, index, budget).or_else(|| one_liner::run(words)),
    }
}

fn is_shell(word: &str) -> bool {
    matches!(base_name(word), "sh" | "bash" | "ash" | "dash")
}

/// The name of a program, without its folder.
fn base_name(word: &str) -> &str {
    word.rsplit('/').next().unwrap_or_default()
}

/// The script of `sh -c SCRIPT`, with its options joined or apart: `-ec`, `-e -c`, `-eo pipefail -c`.
fn script_of<'a>(arguments: &[&'a str]) -> Option<shell::Script<'a>> {
    let mut script = shell::Script { text: "", options: shell::Options::default(), is_bash: false };
    let mut arguments = arguments.iter();
    loop {
        let letters = arguments.next()?.strip_prefix('-')?;
        if letters.is_empty() || !letters.bytes().all(|letter| b"ceoxul".contains(&letter)) {
            return None;
        }
        script.options.stops_at_failure |= letters.contains('e');
        if letters.contains('o') {
            script.options.set(arguments.next()?, true);
        }
        if letters.contains('c') {
            script.text = arguments.next()?;
            return Some(script);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::{SHELL_DEPTH, SHELL_STEPS};

    fn of(command: &[Rc<str>]) -> Started<'_> {
        Started { command, image: "busybox", container: "main" }
    }

    /// Seconds (−1: forever) and exit code; `None` if there is no guess.
    fn guessed(command: &[&str], index: Option<u32>) -> Option<(f64, i32)> {
        let command: Vec<Rc<str>> = command.iter().map(|word| (*word).into()).collect();
        let program = guess(of(&command), index).ok()?;
        let seconds = if program.run == Span::FOREVER { -1.0 } else { program.run.millis() as f64 / 1000.0 };
        Some((seconds, program.exit_code))
    }

    #[test]
    fn commands_without_a_shell() {
        for (command, expected) in [
            (&["sleep", "5"][..], Some((5.0, 0))),
            (&["/bin/sleep", "2m"], Some((120.0, 0))),
            (&["sleep", "1m", "30s"], Some((90.0, 0))),
            (&["sleep", "0.5"], Some((0.5, 0))),
            (&["sleep", "infinity"], Some((-1.0, 0))),
            (&["sleep", "abc"], None),
            (&["true"], Some((1.0, 0))),
            (&["false"], Some((1.0, 1))),
            (&["echo", "Hello", "Kubernetes", "Job"], Some((1.0, 0))),
            (&["perl", "-Mbignum=bpi", "-wle", "print bpi(2000)"], None),
            (&["exit", "1"], None), // a word of the shell, no program
            (&[], None),
            (&["sh"], None),
            (&["bash", "/scripts/run.sh"], None),
        ] {
            assert_eq!(guessed(command, None), expected, "{command:?}");
        }
    }

    #[test]
    fn scripts() {
        for (script, expected) in [
            ("sleep 10", Some((10.0, 0))),
            ("exit 3", Some((1.0, 3))),
            ("sleep 5 && exit 1", Some((5.0, 1))),
            ("sleep 5; exit 42", Some((5.0, 42))),
            ("echo 'Processing files...' && sleep 10 && echo 'Done!'", Some((10.0, 0))),
            ("echo \"I'm going to exit with 42; really\" ; sleep 5 ; exit 42", Some((5.0, 42))),
            ("false && sleep 5", Some((1.0, 1))),
            ("false || sleep 5", Some((5.0, 0))),
            ("false; sleep 2", Some((2.0, 0))),
            ("set -e; false; sleep 2", Some((1.0, 1))),
            ("set -e; false || true; sleep 2", Some((2.0, 0))),
            ("set -euo pipefail\nsleep 1\nfalse\nsleep 5\n", Some((1.0, 1))),
            ("echo start # a comment; exit 5\nsleep 3", Some((3.0, 0))),
            ("echo $(date) $HOSTNAME `hostname`; sleep 4", Some((4.0, 0))),
            ("echo hello > /tmp/out 2>&1; exit 2", Some((1.0, 2))),
            ("date | tee /log; sleep 1", Some((1.0, 0))),
            ("exec sleep 7", Some((7.0, 0))),
            ("N=4; sleep $N; exit ${N}", Some((4.0, 4))),
            ("(sleep 2; exit 3); sleep 1", Some((3.0, 0))),
            ("{ sleep 2; exit 3; }; sleep 1", Some((2.0, 3))),
            ("if true; then exit 4; fi", Some((1.0, 4))),
            ("if false; then exit 4; elif [ 1 -lt 2 ]; then exit 5; else exit 6; fi", Some((1.0, 5))),
            ("while true; do echo tick; sleep 5; done", Some((-1.0, 0))),
            ("until false; do sleep 5; done", Some((-1.0, 0))),
            ("for i in 1 2 3; do echo $i; sleep 2; done", Some((6.0, 0))),
            ("for i in $(seq 1 30); do echo $i; sleep 2; done", Some((60.0, 0))),
            ("N=3; for i in `seq $N`; do sleep $i; done", Some((6.0, 0))),
            ("for i in $(seq 10 -5 0); do sleep $i; done", Some((15.0, 0))),
            ("for i in $(seq 3 1); do sleep 5; done; exit 2", Some((1.0, 2))),
            ("for i in \"$(seq 1 30)\"; do sleep 2; done", Some((2.0, 0))),
            ("for i in $(seq 1 0 5); do sleep 1; done", None),
            ("for i in $(ls); do sleep 1; done", None),
            ("for f in *.csv; do sleep 1; done", None),
            ("tail -f /dev/null", Some((-1.0, 0))),
            ("echo ready; exec tail -F /var/log/app.log", Some((-1.0, 0))),
            ("tail -n 5 /log", None),
            ("nginx -g 'daemon off;'", Some((-1.0, 0))),
            ("for i in \"$NAME\"; do sleep 1; done", Some((1.0, 0))),
            ("for i in $(seq 1 $MANY); do sleep 1; done", None),
            ("for i in $(seq -w 1 5); do sleep 1; done", None),
            ("! true", Some((1.0, 1))),
            ("", Some((1.0, 0))),
            ("exit 300", Some((1.0, 44))),
            ("./migrate.sh && exit 1", None),
            ("sleep $TIMEOUT", None),
            ("exit $(cat /code)", None),
            ("[ $((RANDOM % 2)) -eq 0 ] && exit 1", None),
            ("sleep 5 &", Some((1.0, 0))),
            ("sleep 5 & wait", Some((5.0, 0))),
            ("sleep 3 & sleep 5 & sleep 1; wait; exit 2", Some((5.0, 2))),
            ("(sleep 2; exit 4) & wait $!", Some((2.0, 4))),
            ("./server & sleep 3", Some((3.0, 0))),
            ("(sleep 5 &); wait; sleep 2", Some((2.0, 0))),
            ("(sleep 5 & wait); sleep 2", Some((7.0, 0))),
            ("(set -e; true); false; sleep 3", Some((3.0, 0))),
            ("./server & wait", None),
            ("tail -f x & exec sleep infinity", Some((-1.0, 0))),
            ("tail -f x & wait", Some((-1.0, 0))),
            ("set -e; x=$(false); sleep 3", Some((1.0, 1))),
            ("x=$(false); sleep 3", Some((3.0, 0))),
            ("x=`exit 3`; exit $?", Some((1.0, 3))),
            ("set -e; x=$(curl y); sleep 3", Some((3.0, 0))),
            ("set -e; echo $(false); sleep 3", Some((3.0, 0))),
            ("x=$(sleep 2; echo a); sleep 3", Some((5.0, 0))),
            ("if x=$(false); then exit 4; fi; exit 5", Some((1.0, 5))),
            ("x=$(y=$(false)); exit $?", Some((1.0, 0))),
            ("watch date", Some((-1.0, 0))),
            ("nc -lk -p 80", Some((-1.0, 0))),
            ("nc -l 80", None),
            ("if [ -f /data/ready ]; then exit 0; fi", None),
            ("echo 'unclosed", None),
            ("case x in x) exit 1;; esac", None),
            ("while true; do :; done", Some((-1.0, 0))),
        ] {
            assert_eq!(guessed(&["sh", "-c", script], None), expected, "{script}");
        }
        for (script, expected) in [
            ("for i in {1..5}; do sleep 2; done", Some((10.0, 0))),
            ("for i in {10..0..5}; do sleep 1; done", Some((3.0, 0))),
            ("for i in {3..1}; do sleep $i; done", Some((6.0, 0))),
            ("for i in a {b,c}d; do sleep 2; done", Some((6.0, 0))),
            ("N=5; for i in {1..$N}; do sleep 2; done", Some((2.0, 0))), // one round: braces come before variables
            ("for i in '{1..5}'; do sleep 2; done", Some((2.0, 0))),
            ("for i in {a}; do sleep 2; done", Some((2.0, 0))),
            ("for i in {1..3}{1..3}; do sleep 1; done", None),
            ("for i in {1..1000000000}; do sleep 1; done", None),
            ("false | true; echo done", Some((1.0, 0))),
            ("set -o pipefail; false | true; exit $?", Some((1.0, 1))),
            ("set -euo pipefail; false | true; sleep 5", Some((1.0, 1))),
            ("set -euo pipefail; set +o pipefail; false | true; sleep 5", Some((5.0, 0))),
            ("set -e; set +e; false; sleep 5", Some((5.0, 0))),
            ("[[ abc == a* ]] && exit 3", None),
        ] {
            assert_eq!(guessed(&["bash", "-c", script], None), expected, "{script}");
        }
        assert_eq!(guessed(&["sh", "-c", "for i in {1..5}; do sleep 2; done"], None), None, "it depends on the shell");
        assert_eq!(guessed(&["bash", "-eo", "pipefail", "-c", "false | true; sleep 5"], None), Some((1.0, 1)));
        assert_eq!(guessed(&["/bin/bash", "-ec", "false\nsleep 1"], None), Some((1.0, 1)));
        assert_eq!(guessed(&["sh", "-e", "-c", "sleep 1"], None), Some((1.0, 0)));
    }

    #[test]
    fn daemons_never_end() {
        let guessed = |command: &[&str], image, container| {
            let command: Vec<Rc<str>> = command.iter().map(|word| (*word).into()).collect();
            guess(Started { command: &command, image, container }, None).map(|program| program.run)
        };
        for (command, image, container) in [
            (&[][..], "docker.io/istio/proxyv2:1.22", "istio-proxy"),
            (&[], "auto", "istio-proxy"),
            (&[], "gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.11", "db"),
            (&["/cloud_sql_proxy", "-instances=p:r:i"], "gcr.io/x/y", "db"),
            (&["tail", "-f", "/dev/null"], "busybox", "main"),
            (&["vault", "agent", "-config=a.hcl"], "vault", "agent"),
            (&["python", "-m", "http.server", "80"], "python:3", "web"),
            (&[], "docker:dind", "docker"),
            (&["dockerd", "--host=tcp://0.0.0.0"], "docker:dind", "docker"),
            (&["/pause"], "pause", "pause"),
            (&[], "x/gcs-fuse-csi-driver-sidecar-mounter:1", "gke-gcsfuse-sidecar"),
        ] {
            assert_eq!(guessed(command, image, container), Ok(Span::FOREVER), "{command:?} {image} {container}");
        }
        assert_eq!(guessed(&[], "busybox", "main"), Err(NoGuess::NotUnderstood));
        let once = ["vault", "agent", "-exit-after-auth"];
        assert_eq!(guessed(&once, "vault", "init"), Err(NoGuess::NotUnderstood));
        assert_eq!(guessed(&["sleep", "5"], "nginx", "main"), Ok(Span::from_seconds(5)), "its own command decides");
    }

    #[test]
    fn one_liners_of_interpreters() {
        for (command, expected) in [
            (["python", "-c", "import time; time.sleep(5)"], Some((5.0, 0))),
            (
                ["python3", "-c", "import time, sys\nprint('Working; really')\ntime.sleep(0.5)\nsys.exit(3)"],
                Some((0.5, 3)),
            ),
            (["/usr/bin/python3", "-c", "from time import sleep; sleep(2); exit(1)"], Some((2.0, 1))),
            (["python", "-c", "raise SystemExit(4)"], Some((1.0, 4))),
            (["python", "-c", "print(\"hello\")"], Some((1.0, 0))),
            (["python", "-c", "time.sleep(5)"], None),
            (["python", "-c", "print(sum(range(1000)))"], None),
            (["python", "-c", "print('a' + open('b'))"], None),
            (["python", "-c", "import random; time.sleep(1)"], None),
            (["python", "-c", "while True:\n  pass"], None),
            (["python", "-c", "if x: exit(1)"], None),
            (["python", "-c", "exit(-1)"], None),
            (["perl", "-e", "sleep 5; exit 3"], Some((5.0, 3))),
            (["perl", "-e", "print 'a'; exit(2);"], Some((1.0, 2))),
            (["perl", "-e", "sleep rand 5"], None),
            (["perl", "-e", "print \"@INC\""], None),
            (["node", "-e", "console.log('x'); process.exit(2)"], Some((1.0, 2))),
            (["node", "-e", "setTimeout(() => process.exit(1), 5000)"], None),
            (["ruby", "-e", "sleep 5"], None),
        ] {
            assert_eq!(guessed(&command, None), expected, "{command:?}");
        }
    }

    #[test]
    fn the_completion_index_decides() {
        for (script, expected) in [
            ("if [ $JOB_COMPLETION_INDEX -eq 1 ]; then exit 1; fi; sleep 2", [2.0, 1.0, 2.0]),
            ("[ \"$JOB_COMPLETION_INDEX\" = \"1\" ] && exit 1; sleep 2", [2.0, 1.0, 2.0]),
            ("test ${JOB_COMPLETION_INDEX} -ne 1 && sleep 2 || exit 1", [2.0, 1.0, 2.0]),
            ("[[ $JOB_COMPLETION_INDEX == 1 ]] && exit 1\nsleep 2", [2.0, 1.0, 2.0]),
            ("sleep $((JOB_COMPLETION_INDEX * 2 + 1))", [1.0, 3.0, 5.0]),
            ("if [ $(($JOB_COMPLETION_INDEX % 2)) -eq 1 ]; then exit 1; fi; sleep 2", [2.0, 1.0, 2.0]),
        ] {
            for (index, seconds) in (0..).zip(expected) {
                let guess = guessed(&["sh", "-c", script], Some(index)).map(|(seconds, _)| seconds);
                assert_eq!(guess, Some(seconds), "{script} with {index}");
            }
        }
        let script = "[ \"$JOB_COMPLETION_INDEX\" = \"\" ] && exit 9";
        assert_eq!(guessed(&["sh", "-c", script], None), Some((1.0, 9)), "no index, an empty variable");
    }

    fn bound(script: &str) -> Option<Bound> {
        match guess(of(&["sh".into(), "-c".into(), script.into()]), None) {
            Err(NoGuess::Beyond(bound)) => Some(bound),
            _ => None,
        }
    }

    #[test]
    fn a_guess_is_bounded() {
        let chain = |joined: &str, count: usize| vec!["true"; count].join(joined);
        let doubling = |count: usize| format!("X=x;{}exit 3", "X=$X$X;".repeat(count));
        let nested = |open: &str, close: &str, count: usize| open.repeat(count) + "true" + &close.repeat(count);
        // At the limit and one above.
        let fits = COMMAND_BYTES - "sh\0-c\0\0".len();
        assert_eq!(guessed(&["sh", "-c", &"#".repeat(fits)], None), Some((1.0, 0)));
        assert_eq!(bound(&"#".repeat(fits + 1)), Some(Bound::Length));
        assert_eq!(guessed(&["sh", "-c", &nested("(", ")", SHELL_DEPTH - 1)], None), Some((1.0, 0)));
        assert_eq!(bound(&nested("(", ")", SHELL_DEPTH)), Some(Bound::Depth));
        let minus = |count: usize| format!("exit $(({}0))", "-".repeat(count));
        assert_eq!(guessed(&["sh", "-c", &minus(SHELL_DEPTH - 1)], None), Some((1.0, 0)));
        assert_eq!(bound(&minus(SHELL_DEPTH)), Some(Bound::Depth));
        let rounds = |count: u32| format!("for i in $(seq 1 {count}); do true; done");
        let most = (SHELL_STEPS - 2) / 2;
        assert_eq!(guessed(&["sh", "-c", &rounds(most)], None), Some((1.0, 0)));
        assert_eq!(bound(&rounds(most + 1)), Some(Bound::Steps));
        assert_eq!(guessed(&["sh", "-c", &doubling(15)], None), Some((1.0, 3)));
        assert_eq!(bound(&doubling(16)), Some(Bound::Text));
        // Their brothers.
        for (script, expected) in [
            (doubling(80), Bound::Text),
            (format!("X=x;{}", "export X=$X$X;".repeat(80)), Bound::Text),
            (format!("X='! ! ';{}[ $X = a ]", "X=$X$X;".repeat(40)), Bound::Text),
            (format!("X=1;{}exit $((X))", "X=$X$X;".repeat(40)), Bound::Text),
            ("for i in $(seq 1 1000000000000); do true; done".to_owned(), Bound::Text),
            ("i=0; while true; do i=$((i+1)); done".to_owned(), Bound::Steps),
            ("X=x; while true; do X=$X$X; done".to_owned(), Bound::Text),
            ("X=x; until false; do (X=$X$X); X=x$X; done".to_owned(), Bound::Text),
            ("for i in 1 2 3 4 5 6 7 8 9; do ".repeat(12) + "sleep 1" + &"; done".repeat(12), Bound::Steps),
            (nested("(", ")", 3_000), Bound::Depth),
            (nested("{ ", "; }", 1_000), Bound::Depth),
            (nested("if true; then ", "; fi", 400), Bound::Depth),
            (nested("while ", "; do true; done", 350), Bound::Depth),
            (format!("exit $(({}1{} ))", "(".repeat(2_500), " )".repeat(2_500)), Bound::Depth),
            (chain("&&", 50_000), Bound::Length),
            (nested("(", ")", 50_000), Bound::Length),
        ] {
            let shown: String = script.chars().take(60).collect();
            assert_eq!(bound(&script), Some(expected), "{shown}");
        }
        // As long as a command may be, and followed to the end or not at all: never deep.
        for joined in ["&&", "||", ";", "|", "&& ! ", "; ! ", "\n"] {
            assert!(guess(of(&["sh".into(), "-c".into(), chain(joined, 800).into()]), None).is_ok(), "{joined}");
        }
        let elif = format!("if false; then true; {}fi", "elif false; then true; ".repeat(330));
        assert_eq!(guessed(&["sh", "-c", &elif], None), Some((1.0, 0)));
        assert_eq!(guessed(&["sh", "-c", &format!("[ {}a ]", "! ".repeat(4_000))], None), Some((1.0, 0)));
        let sum = format!("exit $((0{}))", "+0".repeat(4_000));
        assert_eq!(guessed(&["sh", "-c", &sum], None), Some((1.0, 0)));
        for command in [["python", "-c", "exit(0);"], ["perl", "-e", "sleep 1;"], ["node", "-e", "process.exit(0);"]] {
            let command: [Rc<str>; 3] = [command[0].into(), command[1].into(), command[2].repeat(100_000).into()];
            assert_eq!(guess(of(&command), None), Err(NoGuess::Beyond(Bound::Length)));
        }
    }
}
