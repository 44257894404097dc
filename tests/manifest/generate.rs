//! Random scenarios, inputs and behaviors. The larger strategies are boxed, because test threads have small stacks.

use job_playground::api::{IndexSet, Name, Taint, TaintEffect};
use job_playground::cluster::behavior::{Behavior, Behaviors, LogLine, OnTerminate};
use job_playground::cluster::input::{
    Cascade, Input, InputAction, JobSelector, ObjectKind, ObjectSelector, PodName, PodSelector, TaintChange,
};
use job_playground::cluster::inventory::{
    ImageRule, Inventory, NodeGroup, Provided, PullError, Reference, ReferencedKind, ReferencedObject,
};
use job_playground::scenario::{ClusterSettings, Manifest, Scenario};
use job_playground::time::{Span, Time};
use proptest::collection::{btree_map, vec};
use proptest::option::of;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::rc::Rc;

/// Texts that YAML or a careless printer could mistake for something else.
pub(crate) fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z][a-z0-9-]{0,8}",
        1 => proptest::sample::select(vec![
            "yes", "off", "y", "null", "~", "", "0123", "1e3", "0x1F", "-", "- a", "a: b", "a #b", "#a", "'", "\"", "\\",
            "10:30", "2000-01-01", "{a}", "[", "a, b", "&a", "*a", "!a", "|", ">", "%", "@a", "`", " a", "a ", "a\nb", "a\n",
            "\t", "\r", "\u{7f}", "\u{85}", "\u{2028}", "\u{feff}", "中文 和空格", "é", "---", "...", "<<", ".inf", "1_000",
            "busybox:1.36", "*/5 * * * *", "forever", "20%", "\u{1f600}", "=", "?", "? a", ":", "a:", "a\n\n  b\n", "0-2,5",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
    ]
}

fn name() -> BoxedStrategy<Name> {
    text().prop_map(Into::into).boxed()
}

fn value() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        Just(json!(1.5)),
        Just(json!(u64::MAX)),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![vec(inner.clone(), 0..4).prop_map(Value::from), object(inner).prop_map(Value::Object)]
    })
    .boxed()
}

fn object(inner: impl Strategy<Value = Value> + 'static) -> BoxedStrategy<Map<String, Value>> {
    btree_map(text(), inner, 0..4).prop_map(|map| map.into_iter().collect()).boxed()
}

fn at() -> impl Strategy<Value = Time> {
    (0i64..100_000).prop_map(Time::from_millis)
}

fn span() -> impl Strategy<Value = Span> {
    prop_oneof![0i64..10_000, 0i64..100_000_000].prop_map(Span::from_millis)
}

fn span_or_forever() -> impl Strategy<Value = Span> {
    prop_oneof![4 => span(), 1 => Just(Span::FOREVER)]
}

fn index_set() -> impl Strategy<Value = IndexSet> {
    vec(0u32..20, 0..5).prop_map(IndexSet::from_indexes)
}

prop_compose! {
    fn target()(
        job in of(prop_oneof![(1u32..9).prop_map(JobSelector::Number), name().prop_map(JobSelector::Name)]),
        pod in of(prop_oneof![(1u32..99).prop_map(PodName::Number), name().prop_map(PodName::Name)]),
        index in of(index_set()),
        attempt in of(1u32..9),
        node in of(name()),
    ) -> PodSelector {
        PodSelector { job, pod, index, attempt, container: None, restart: None, node }
    }
}

fn container_target() -> impl Strategy<Value = PodSelector> {
    (target(), of(name())).prop_map(|(target, container)| PodSelector { container, ..target })
}

prop_compose! {
    fn object_selector()(
        kind in proptest::sample::select(vec![ObjectKind::Job, ObjectKind::CronJob]),
        namespace in of(name()),
        name in of(name()),
    ) -> ObjectSelector {
        ObjectSelector { kind, namespace, name }
    }
}

fn action() -> BoxedStrategy<InputAction> {
    let cascade = proptest::sample::select(vec![Cascade::Background, Cascade::Foreground, Cascade::Orphan]);
    prop_oneof![
        (container_target(), 0i32..256).prop_map(|(target, exit_code)| InputAction::Fail { target, exit_code }),
        container_target().prop_map(InputAction::OomKill),
        target().prop_map(InputAction::Evict),
        target().prop_map(InputAction::Preempt),
        target().prop_map(InputAction::NodePressureEvict),
        (target(), of(0i64..100)).prop_map(|(target, grace_seconds)| InputAction::DeletePod { target, grace_seconds }),
        (object_selector(), cascade).prop_map(|(target, cascade)| InputAction::Delete { target, cascade }),
        object(value()).prop_map(|mut job| {
            job.insert("kind".to_owned(), "Job".into());
            InputAction::Create(Rc::new(Value::Object(job)))
        }),
        (object_selector(), value(), of(value())).prop_map(|(target, spec, labels)| {
            let mut patch = json!({"spec": spec});
            if let Some(labels) = labels {
                patch["metadata"] = json!({"labels": labels});
            }
            InputAction::Patch { target, patch: Rc::new(patch) }
        }),
        Just(InputAction::RestartControllers),
        name().prop_map(InputAction::Cordon),
        name().prop_map(InputAction::Uncordon),
        name().prop_map(InputAction::Drain),
        (name(), taint()).prop_map(|(node, taint)| InputAction::Taint { node, change: TaintChange::Add(taint) }),
        (name(), label_key(), of(effect())).prop_map(|(node, key, effect)| {
            InputAction::Taint { node, change: TaintChange::Remove { key, effect } }
        }),
        name().prop_map(InputAction::NodeLost),
        name().prop_map(InputAction::NodeBack),
        node_group().prop_map(|group| InputAction::NodeAdd(group.into())),
        name().prop_map(InputAction::NodeDelete),
        reference().prop_map(|reference| InputAction::Provide(Provided::Objects(reference))),
        name()
            .prop_filter("not empty", |name| !name.is_empty())
            .prop_map(|pattern| InputAction::Provide(Provided::Images(pattern))),
    ]
    .boxed()
}

fn label_key() -> BoxedStrategy<Name> {
    "([a-z]{1,5}(\\.[a-z]{1,5})?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,5}[A-Za-z0-9])?".prop_map(Into::into).boxed()
}

fn label_value() -> BoxedStrategy<Name> {
    "([A-Za-z0-9]([-A-Za-z0-9_.]{0,5}[A-Za-z0-9])?)?".prop_map(Into::into).boxed()
}

fn effect() -> impl Strategy<Value = TaintEffect> {
    proptest::sample::select(TaintEffect::ALL.to_vec())
}

prop_compose! {
    fn taint()(key in label_key(), value in label_value(), effect in effect()) -> Taint {
        Taint { key, value, effect, added: None }
    }
}

prop_compose! {
    fn reference()(kind in proptest::sample::select(ReferencedKind::ALL.to_vec()), name in name()) -> Reference {
        Reference { kind, name: if name.is_empty() { "*".into() } else { name } }
    }
}

prop_compose! {
    fn node_group()(
        name in "[a-z0-9]([-a-z0-9]{0,8}[a-z0-9])?",
        count in of(1u32..4),
        capacity in btree_map(text(), "[1-9][0-9]{0,4}(m|Ki|Gi|k|M|e3|\\.5)?", 0..3),
        labels in btree_map(label_key(), label_value(), 0..3),
        taints in vec(taint(), 0..3),
    ) -> NodeGroup {
        let mut different: Vec<Taint> = Vec::new();
        for taint in taints {
            if !different.iter().any(|before| before.replaces(&taint)) {
                different.push(taint);
            }
        }
        NodeGroup {
            name: name.into(),
            count,
            capacity: capacity.into_iter().map(|(name, amount)| (name.into(), amount.into())).collect(),
            labels: Rc::new(labels),
            taints: different.into(),
        }
    }
}

prop_compose! {
    fn image()(
        pattern in name(),
        pull in of(span_or_forever()),
        error in of(text()),
        until in of(at()),
    ) -> ImageRule {
        ImageRule { pattern, pull, error: error.map(|error| PullError::of(&error)), until }
    }
}

prop_compose! {
    fn inventory()(
        nodes in of(btree_map("[a-f]", node_group(), 0..3)),
        images in vec(image(), 0..3),
        missing in vec(reference(), 0..3),
        objects in vec(referenced(), 0..3),
    ) -> Inventory {
        // No two of a name, whatever their numbers.
        let group = |(name, group): (String, NodeGroup)| NodeGroup { name: name.into(), ..group };
        Inventory {
            nodes: nodes.map(|nodes| nodes.into_iter().map(group).collect()),
            images: images.into(),
            missing: missing.into(),
            objects: objects.into(),
        }
    }
}

prop_compose! {
    fn referenced()(
        kind in proptest::sample::select(ReferencedKind::ALL.to_vec()),
        name in name(),
        mut rest in object(value()),
    ) -> ReferencedObject {
        rest.insert("apiVersion".to_owned(), kind.api_version().into());
        rest.insert("kind".to_owned(), kind.as_str().into());
        rest.insert("metadata".to_owned(), json!({"name": &*name}));
        ReferencedObject { kind, value: Rc::new(Value::Object(rest)) }
    }
}

prop_compose! {
    pub(crate) fn input()(at in at(), action in action(), note in of(name()), disabled in any::<bool>()) -> Input {
        Input { at, action, note, disabled }
    }
}

prop_compose! {
    pub(crate) fn behavior()(
        selector in container_target(),
        restart in of(0u32..5),
        chance_millionths in of(0u32..=1_000_000),
        starting in of(span()),
        run in of(span_or_forever()),
        exit_code in of(0i32..256),
        after in of(span_or_forever()),
        code in of(0i32..256),
        ready in of(span_or_forever()),
        hang in of(span_or_forever()),
        logs in of(proptest::collection::vec((0i64..20_000, "[ -~]{0,12}"), 1..4)),
    ) -> Behavior {
        Behavior {
            selector: PodSelector { restart, ..selector },
            chance_millionths,
            starting,
            run,
            exit_code,
            on_terminate: OnTerminate { after, exit_code: code },
            ready,
            hang,
            logs: logs.map(|lines| {
                let mut after = Span::ZERO;
                let line = |(more, text): (i64, String)| {
                    after = Span::from_millis(after.millis() + more);
                    LogLine { after, text: text.into() }
                };
                lines.into_iter().map(line).collect()
            }),
        }
    }
}

prop_compose! {
    pub(crate) fn manifest()(
        kind in proptest::sample::select(vec![ObjectKind::Job, ObjectKind::CronJob]),
        name in name(),
        mut rest in object(value()),
        spec in object(value()),
    ) -> Manifest {
        rest.insert("apiVersion".to_owned(), "batch/v1".into());
        rest.insert("kind".to_owned(), kind.as_str().into());
        rest.insert("metadata".to_owned(), json!({"name": &*name}));
        rest.insert("spec".to_owned(), Value::Object(spec));
        Manifest { kind, value: Rc::new(Value::Object(rest)) }
    }
}

prop_compose! {
    pub(crate) fn scenario()(
        name in of(name()),
        seed in any::<u64>(),
        start_unix_seconds in -2_000_000_000i64..100_000_000_000,
        scheduling in span(),
        starting in span(),
        (pod_quota, inventory) in (of(0u32..100), inventory().boxed()),
        manifests in vec(manifest().boxed(), 0..3),
        behaviors in vec(behavior().boxed(), 0..4),
        inputs in vec(input().boxed(), 0..5),
        until in of(at()),
    ) -> Scenario {
        Scenario {
            name,
            seed,
            start_unix_seconds,
            cluster: ClusterSettings { scheduling, starting, pod_quota, inventory },
            manifests: manifests.into(),
            behaviors: Behaviors { list: behaviors.into(), seed, ..Behaviors::default() },
            inputs: inputs.into(),
            until,
            time_zones: None,
        }
    }
}
