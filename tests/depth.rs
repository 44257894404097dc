//! Pods in depth on the timeline: what must hold of containers, waits and nodes in every recorded case, and what the page
//! shows of some of them.

use job_playground::api::{ContainerRole, Phase, PodId};
use job_playground::kubectl::{self, Conventions, Snapshot};
use job_playground::manifest;
use job_playground::recording::Recording;
use job_playground::texts::Lang;
use job_playground::time::Time;
use job_playground::timeline::Timeline;
use job_playground::timeline::nodes::Part;
use job_playground::timeline::pods::SegmentKind;
use job_playground::timeline::sorted::RowOrder;
use job_playground::timeline::story::Happening;
use job_playground::timeline::waiting::Waiting;
use support::{files_with, root, stem, text};

const CASES: &str = "tests/conformance/pods/curated";

fn of_text(text: &str) -> (Recording, Timeline) {
    let scenario = manifest::read(text).scenario;
    let recording = Recording::of(&scenario);
    let timeline = Timeline::of(&recording, &scenario);
    (recording, timeline)
}

fn recorded(name: &str) -> (Recording, Timeline) {
    of_text(&text(&root().join(CASES).join(format!("{name}.yaml"))))
}

/// The column STATUS of a pod.
fn status(recording: &Recording, pod: PodId, at: Time) -> Option<String> {
    let snapshot = Snapshot { recording, start_unix_seconds: 0, at, conventions: Conventions::Cluster };
    let [_, _, status, _, _] = kubectl::pod_cells(recording.pod_at(pod, at)?, &snapshot);
    Some(status)
}

#[test]
fn what_a_pod_waits_for_is_what_kubectl_prints() {
    let mut waits = 0;
    for path in files_with("yaml", CASES) {
        let name = stem(&path);
        let (recording, timeline) = recorded(&name);
        for bar in timeline.jobs.iter().flat_map(|track| &track.bars) {
            for segment in &bar.segments {
                let SegmentKind::Waiting(waiting) = segment.kind else { continue };
                waits += 1;
                let Some(status) = status(&recording, bar.pod, segment.from) else { continue };
                let expected = match waiting {
                    // kubectl has no word for that: the word is the reason of the condition PodScheduled.
                    Waiting::Unschedulable => "Pending".to_owned(),
                    // One wait, for which a pod has two words in turn.
                    _ if waiting.is_for_image() => {
                        if status.contains("ErrImagePull") {
                            continue;
                        }
                        waiting.to_string()
                    }
                    _ => waiting.to_string(),
                };
                assert_eq!(status, expected, "{name}: pod {} at {:?}", bar.pod.0, segment.from);
            }
        }
    }
    assert!(waits > 150, "{waits} waits");
}

#[test]
fn every_bar_is_whole_and_every_container_lies_in_its_pod() {
    let (mut runs, mut nodes) = (0, 0);
    for path in files_with("yaml", CASES) {
        let name = stem(&path);
        let (recording, timeline) = recorded(&name);
        for bar in timeline.jobs.iter().flat_map(|track| &track.bars) {
            for pair in bar.segments.windows(2) {
                assert_eq!(pair[0].to, pair[1].from, "{name}: pod {} has a gap", bar.pod.0);
            }
            let Some(depth) = &bar.depth else { continue };
            assert!(depth.containers.len() != 1, "{name}: one container has no row");
            for container in &depth.containers {
                for pair in container.runs.windows(2) {
                    let until = pair[0].waits_until.unwrap_or(pair[0].to);
                    assert_eq!(until, pair[1].from.at, "{name}: {} runs again after its wait", container.name);
                }
                for run in &container.runs {
                    runs += 1;
                    assert!(bar.created.at <= run.from.at && run.from.at <= run.to, "{name}: {run:?}");
                    assert!(run.to <= bar.last(), "{name}: {} outlives its pod", container.name);
                    assert!(run.stopped.is_none_or(|stopped| stopped.at <= run.to), "{name}: {run:?}");
                }
            }
        }
        for node in timeline.nodes.iter() {
            nodes += 1;
            let most = node.most();
            assert!(node.reserved.iter().all(|(_, amount)| (0..=most).contains(amount)), "{name}: {}", node.name);
            let gone = node.reserved.last().is_none_or(|(_, amount)| *amount == 0);
            let alive =
                recording.pods_at(Time::NEVER).any(|pod| !matches!(pod.phase, Phase::Succeeded | Phase::Failed));
            assert!(gone || alive, "{name}: {} keeps what it reserved", node.name);
        }
        let placed = timeline.jobs.iter().flat_map(|track| &track.bars).filter(|bar| bar.node().is_some()).count();
        if let Some(rows) = timeline.rows_by_node(RowOrder::Creation).filter(|_| !timeline.nodes.is_empty()) {
            assert_eq!(rows.on.iter().map(Vec::len).sum::<usize>(), placed, "{name}: each pod stands on its node");
        }
    }
    assert!(runs > 100 && nodes > 50, "{runs} runs, {nodes} nodes");
}

#[test]
fn containers_stand_in_the_order_in_which_they_start() {
    let (_, timeline) = recorded("sidecar_and_init");
    let track = &timeline.jobs[0];
    let rows = track.containers_of(&track.rows[0]);
    let shown: Vec<(ContainerRole, &str)> = rows.iter().map(|row| (row.role, &*row.name)).collect();
    let (sidecar, init, main) = (ContainerRole::Sidecar, ContainerRole::Init, ContainerRole::Regular);
    assert_eq!(shown, [(sidecar, "proxy"), (init, "migrate"), (main, "main")]);
    let depth = track.bars[0].depth.as_ref().expect("it has containers");
    let proxy = depth.containers[0].runs[0];
    assert!(proxy.stopped.is_some() && proxy.end.is_some_and(|end| end.exit_code == 143));
    assert!(track.bars[0].segments.iter().all(|segment| !matches!(segment.kind, SegmentKind::AwaitingRestart { .. })));
    let words = |lang: Lang| lang.timeline().run_name(sidecar, "proxy", &proxy).replace('\u{a0}', " ");
    assert_eq!(words(Lang::En), "sidecar proxy, ran 10.3 s, exit code 143, stopped, counts as nothing.");
    assert_eq!(words(Lang::Zh), "sidecar proxy，运行 10.3 秒，退出码 143，被停止，什么也不计入。");
}

#[test]
fn a_plain_pod_has_no_depth() {
    let (_, timeline) = of_text(
        "apiVersion: batch/v1\nkind: Job\nmetadata: {name: pi}\nspec: {template: {spec: {restartPolicy: Never, containers: \
         [{name: m, image: b}]}}}\n",
    );
    assert!(timeline.jobs[0].bars.iter().all(|bar| bar.depth.is_none()));
    assert!(timeline.nodes.is_empty() && !timeline.has_rows_by_node());
}

#[test]
fn each_pull_that_fails_is_a_mark() {
    let (_, timeline) = recorded("image_not_found");
    let depth = timeline.jobs[0].bars[0].depth.as_ref().expect("it was pulled");
    let pulls: Vec<i64> = depth.pulls.iter().map(|pull| pull.from.at.millis()).collect();
    assert_eq!(pulls, [1_348, 12_648, 33_948, 75_248, 156_548]);
    assert!(depth.pulls.iter().all(|pull| pull.failed) && depth.containers.is_empty());
}

#[test]
fn a_pod_that_waited_for_its_node_stands_in_two_places() {
    let (_, timeline) = recorded("sched_capacity");
    let rows = timeline.rows_by_node(RowOrder::Creation).expect("they are few");
    let pod = |row: &job_playground::timeline::nodes::PodRow| timeline.jobs[row.track].bars[row.bar].pod.0;
    let without: Vec<(u32, Part)> = rows.without.iter().map(|row| (pod(row), row.part)).collect();
    assert_eq!(without, [(5, Part::WithoutNode)]);
    let on: Vec<Vec<u32>> = rows.on.iter().map(|rows| rows.iter().map(pod).collect()).collect();
    assert_eq!(on, [vec![1, 3, 5, 7], vec![2, 4, 6]]);
    let node = &timeline.nodes[0];
    assert_eq!((node.cpu, node.reserved_at(Time::from_seconds(5))), (Some(4000), 4000));
    let words = Lang::En.timeline().node_name(node, Time::from_seconds(5));
    assert_eq!(words, "node-1, reserved: cpu 4 of 4.");
}

#[test]
fn a_node_is_closed_by_a_drain_and_silent_once_it_is_lost() {
    let (_, timeline) = recorded("drain");
    let closed: Vec<usize> = timeline.nodes.iter().map(|node| node.closed.len()).collect();
    assert_eq!((closed, timeline.nodes[0].taints.len()), (vec![1, 0], 0), "the taint of a cordon is not told twice");
    let (_, timeline) = recorded("node_lost");
    let node = &timeline.nodes[0];
    let (lost, unready) = (node.lost[0], node.not_ready[0]);
    assert!(lost.from < unready.from && lost.to == timeline.end, "{lost:?} {unready:?}");
    assert!(node.taints.iter().any(|(taint, _)| taint == "node.kubernetes.io/unreachable:NoExecute"));
}

#[test]
fn the_story_tells_of_containers_and_waits() {
    let told = |name: &str| -> Vec<Happening> {
        let (recording, timeline) = recorded(name);
        timeline.story(&recording).into_iter().flat_map(|chapter| chapter.happenings).collect()
    };
    let pod = PodId(1);
    let of_containers = told("sidecar_and_init");
    for happening in [
        Happening::ContainerRuns(pod, "proxy".into()),
        Happening::ContainerEnded(pod, "migrate".into(), 0),
        Happening::ContainerEnded(pod, "proxy".into(), 143),
    ] {
        assert!(of_containers.contains(&happening), "{happening:?} in {of_containers:?}");
    }
    let waits = |pod: PodId, name: &str| -> Vec<String> {
        let words = told(name).into_iter().filter_map(|happening| match happening {
            Happening::Waits(of, waiting) if of == pod => Some(waiting.to_string()),
            Happening::KeptBack(of, word) if of == pod => Some(word.to_owned()),
            _ => None,
        });
        words.collect()
    };
    assert_eq!(waits(pod, "sidecar_and_init"), ["Init:1/2"]);
    assert_eq!(waits(PodId(5), "sched_capacity").len(), 1, "told once");
}

/// Rows of containers are the first to go where the sheet is full.
#[test]
fn many_pods_have_no_rows_of_containers() {
    let job = |pods: u32| {
        format!(
            "apiVersion: batch/v1\nkind: Job\nmetadata: {{name: j}}\nspec: {{completions: {pods}, parallelism: {pods}, template: \
             {{spec: {{restartPolicy: Never, initContainers: [{{name: i, image: b}}], containers: [{{name: m, image: b}}]}}}}}}\n"
        )
    };
    for (pods, rows) in [(3, 2), (20, 2), (21, 0), (60, 0), (1000, 0)] {
        let (_, timeline) = of_text(&job(pods));
        let track = &timeline.jobs[0];
        assert_eq!(track.containers_of(&track.rows[0]).len(), rows, "{pods} pods");
        assert_eq!(track.all_containers_of(&track.rows[0]).len(), 2, "the open one has them");
    }
}
