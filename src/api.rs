//! The nouns: Job, CronJob, Pod and Event as the API server of Kubernetes 1.36.3 stores them, its defaults, its
//! validation. Values only: nothing here knows what a controller does.

pub mod admission;
mod container;
mod cron_job;
pub mod defaulting;
mod event;
mod field_path;
mod go_text;
mod go_time;
mod image_name;
mod index_set;
mod job;
pub mod kinds;
mod message;
mod meta;
mod node;
mod pod;
mod pod_conditions;
mod pod_ending;
mod pod_placement;
mod pod_resources;
mod pod_spec;
mod quantity;
pub mod schedule;
pub mod schema;
mod selector;
mod template;
pub mod time_zone;
pub mod validation;
pub mod words;

pub use container::{
    ConfigKind, ConfigNeed, Container, ContainerPlace, ContainerRole, HostPort, Probe, ProbeHandler, ProbeKind, Probes,
    PullPolicy,
};
pub use cron_job::{ConcurrencyPolicy, CronJob, CronJobSpec, CronJobStatus};
pub use event::{Event, EventType, shown_message};
pub use field_path::{FieldPath, Segment};
pub(crate) use go_text::{kind as json_kind, quoted};
pub use image_name::{ImageName, ImageNameError};
pub use index_set::{IndexSet, IndexSetError};
pub use job::{
    CompletionMode, Condition, ConditionStatus, ConditionType, ExitCodeOperator, ExitCodeRequirement, FailureAction,
    FailureRule, Job, JobSpec, JobStatus, PodConditionPattern, PodFailurePolicy, PodReplacementPolicy, SuccessPolicy,
    SuccessRule, UncountedPods,
};
pub use message::Message;
pub use meta::{
    CronJobId, Deletion, JobId, Labels, Meta, Name, NodeId, ObjectKey, OwnerReference, PodId, labels_value,
};
pub(crate) use node::amount_of;
pub use node::{Amounts, Capacity, Node, NodeReady, Taint, TaintEffect, is_amount};
pub use pod::{
    Binding, ContainerState, ContainerStatus, Disruption, DisruptionReason, Pending, PendingReason, Phase, Pod,
    PodBirth, PodReason, Ready, ReadyReason, Sandbox, Terminated, TerminatedReason, WaitingReason,
};
pub use pod_conditions::PodCondition;
pub use pod_placement::{
    NodeSelectorTerm, Placement, PodAffinityTerm, Requirement, RequirementOperator, SpreadConstraint, Toleration,
};
pub use pod_resources::{Quantities, ResourceList, quality_of_service};
pub use pod_spec::{MountNeed, PodSpec, RestartPolicy};
pub use quantity::amount_by_divisor;
pub use schema::{DecodeError, Problem, Shape};
pub use selector::{LabelSelector, SelectorOperator, SelectorRequirement};
pub use template::PodTemplate;
pub use validation::{is_label_key, is_label_value, is_node_name, subscripted};
