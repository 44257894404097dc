//! YAML 1.1 as Kubernetes reads it (sigs.k8s.io/yaml over go-yaml v2): one document becomes a tree in which every
//! node knows its bytes, and the tree becomes the value that the API server would see. Knows nothing of Jobs.

mod build;
mod convert;
mod go_syntax;
mod guard;
mod problem;
mod scalar;
mod tree;

pub(crate) use build::TreeReader;
pub(crate) use convert::Aliased;
pub(crate) use problem::Located;
pub use problem::YamlProblem;
pub(crate) use scalar::Scalar;
pub(crate) use tree::{Entry, NodeId, NodeKind, Tree};
