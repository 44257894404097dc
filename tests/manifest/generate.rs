//! Random scenarios, inputs and behaviors. The larger strategies are boxed, because test threads have small stacks.

use job_playground::api::{IndexSet, Name};
use job_playground::cluster::behavior::{Behavior, Behaviors, OnTerminate};
use job_playground::cluster::input::{
    Cascade, Input, InputAction, JobSelector, ObjectKind, ObjectSelector, PodName, PodSelector,
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
    ) -> PodSelector {
        PodSelector { job, pod, index, attempt, container: None, restart: None }
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
    ]
    .boxed()
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
    ) -> Behavior {
        Behavior {
            selector: PodSelector { restart, ..selector },
            chance_millionths,
            starting,
            run,
            exit_code,
            on_terminate: OnTerminate { after, exit_code: code },
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
        pod_quota in of(0u32..100),
        manifests in vec(manifest().boxed(), 0..3),
        behaviors in vec(behavior().boxed(), 0..4),
        inputs in vec(input().boxed(), 0..5),
        until in of(at()),
    ) -> Scenario {
        Scenario {
            name,
            seed,
            start_unix_seconds,
            cluster: ClusterSettings { scheduling, starting, pod_quota },
            manifests: manifests.into(),
            behaviors: Behaviors { list: behaviors.into(), seed, ..Behaviors::default() },
            inputs: inputs.into(),
            until,
            time_zones: None,
        }
    }
}
