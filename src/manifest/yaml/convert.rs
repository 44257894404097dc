//! Tree → value: aliases unfolded, merge keys merged, keys made texts, as go-yaml v2 and sigs.k8s.io/yaml do it.

use super::go_syntax;
use super::problem::{Located, YamlProblem};
use super::scalar::{Scalar, ScalarStyle};
use super::tree::{Entry, Merged, NodeId, NodeKind, Tree};
use crate::limits::{ALIASED_BYTES, ALIASED_NODES, YAML_DEPTH};
use serde_json::{Map, Value};
use std::rc::Rc;

/// What aliases and merge keys have added so far, in all documents of a text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Aliased {
    nodes: usize,
    bytes: usize,
}

impl Tree {
    /// The whole document as JSON. An empty document is null.
    pub(crate) fn to_value(&self, aliased: &mut Aliased) -> Result<Value, Located> {
        self.root().map_or(Ok(Value::Null), |root| self.converted(root, aliased))
    }

    /// One node as JSON.
    pub(crate) fn value_of(&self, id: NodeId) -> Result<Value, Located> {
        self.converted(id, &mut Aliased::default())
    }

    fn converted(&self, id: NodeId, aliased: &mut Aliased) -> Result<Value, Located> {
        let mut converter = Converter {
            tree: self,
            aliased: *aliased,
            nodes: 0,
            from_aliases: 0,
            unfolding: Vec::new(),
            odd_key: None,
            odd_number: None,
        };
        let value = converter.value(id, 0);
        *aliased = converter.aliased;
        let value = value?;
        // Keys are made texts when everything has been read, and numbers are written after that.
        converter.odd_key.or(converter.odd_number).map_or(Ok(value), Err)
    }

    /// The keys and values of a map, merge keys resolved; the last of equal keys wins. `None` if it is not a map.
    pub(crate) fn entries(&self, id: NodeId) -> Option<Vec<Entry>> {
        Some(self.merged(id)?.entries.clone())
    }

    /// The entry of a map with a name.
    pub(crate) fn entry(&self, id: NodeId, name: &str) -> Option<Entry> {
        let merged = self.merged(id)?;
        merged.places.get(name).map(|place| merged.entries[*place].clone())
    }

    /// The first entry of a map.
    pub(crate) fn first_entry(&self, id: NodeId) -> Option<Entry> {
        self.merged(id)?.entries.first().cloned()
    }

    fn merged(&self, id: NodeId) -> Option<Rc<Merged>> {
        let id = self.target(id);
        let NodeKind::Mapping { entries: pairs, .. } = &self.node(id).kind else { return None };
        if let Some(known) = self.merged.borrow().get(&id) {
            return Some(Rc::clone(known));
        }
        let mut merged = Merged::default();
        self.merge_pairs(pairs, &mut merged, 0);
        let merged = Rc::new(merged);
        self.merged.borrow_mut().insert(id, Rc::clone(&merged));
        Some(merged)
    }

    /// In the order of the text, a later key replacing an earlier one: with go-yaml v2 also `<<` does.
    fn merge_pairs(&self, pairs: &[(NodeId, NodeId)], merged: &mut Merged, depth: usize) {
        for (key, value) in pairs {
            if self.is_merge(*key) {
                self.merge(*value, merged, depth + 1);
                continue;
            }
            let Some(name) = self.scalar(*key).and_then(Scalar::into_key) else { continue };
            merged.set(Entry { name, key: *key, value: *value });
        }
    }

    fn merge(&self, value: NodeId, merged: &mut Merged, depth: usize) {
        if depth > YAML_DEPTH {
            return;
        }
        match &self.resolve(value).kind {
            NodeKind::Mapping { entries: pairs, .. } => self.merge_pairs(pairs, merged, depth),
            // Earlier maps take precedence over later ones.
            NodeKind::Sequence { items, .. } => {
                items.iter().rev().for_each(|item| self.merge(*item, merged, depth + 1));
            }
            NodeKind::Scalar { .. } | NodeKind::Alias { .. } => {}
        }
    }

    /// Whether a key is `<<`, which merges another map.
    pub(crate) fn is_merge(&self, key: NodeId) -> bool {
        let node = self.node(key);
        match &node.kind {
            NodeKind::Scalar { text, style } if text == "<<" => match node.tag.as_deref() {
                None => *style == ScalarStyle::Plain,
                Some(tag) => tag == "tag:yaml.org,2002:merge",
            },
            _ => false,
        }
    }
}

impl Merged {
    fn set(&mut self, entry: Entry) {
        if let Some(place) = self.places.get(&entry.name) {
            self.entries[*place] = entry;
            return;
        }
        self.places.insert(entry.name.clone(), self.entries.len());
        self.entries.push(entry);
    }
}

struct Converter<'a> {
    tree: &'a Tree,
    aliased: Aliased,
    nodes: u32,
    from_aliases: u32,
    /// The aliases that the current node is in, with their targets.
    unfolding: Vec<(NodeId, NodeId)>,
    /// The first key that JSON cannot have.
    odd_key: Option<Located>,
    /// The first number that JSON cannot have.
    odd_number: Option<Located>,
}

impl Converter<'_> {
    fn value(&mut self, id: NodeId, depth: usize) -> Result<Value, Located> {
        self.count(id, depth)?;
        let node = self.tree.node(id);
        match &node.kind {
            NodeKind::Scalar { text, style } => {
                let read =
                    Scalar::of(text, *style, node.tag.as_deref()).map_err(|problem| self.located(problem, id))?;
                Ok(read.into_value().unwrap_or_else(|problem| {
                    let odd = self.located(problem, id);
                    self.odd_number.get_or_insert(odd);
                    Value::Null
                }))
            }
            NodeKind::Sequence { items, .. } => {
                items.iter().map(|item| self.value(*item, depth + 1)).collect::<Result<Vec<_>, _>>().map(Value::Array)
            }
            NodeKind::Mapping { entries, .. } => {
                let mut map = Map::new();
                self.pairs(entries, &mut map, depth)?;
                Ok(Value::Object(map))
            }
            NodeKind::Alias { target, name } => {
                self.enter(id, *target, name)?;
                let value = self.value(*target, depth + 1)?;
                self.unfolding.pop();
                Ok(value)
            }
        }
    }

    fn pairs(&mut self, pairs: &[(NodeId, NodeId)], map: &mut Map<String, Value>, depth: usize) -> Result<(), Located> {
        for (key, value) in pairs {
            if self.tree.is_merge(*key) {
                self.merge(*value, map, depth + 1)?;
                continue;
            }
            let scalar = self.key(*key, depth + 1)?;
            let (of, shown) = go_key(&scalar);
            let value = self.value(*value, depth + 1)?;
            match scalar.into_key() {
                Some(name) => {
                    map.insert(name, value);
                }
                None if self.odd_key.is_none() => {
                    let problem = YamlProblem::UnsupportedKey { of, key: shown, value: go_syntax::alone(&value) };
                    self.odd_key = Some(self.located(problem, *key));
                }
                None => {}
            }
        }
        Ok(())
    }

    /// A key, which must not be a map or a list.
    fn key(&mut self, id: NodeId, depth: usize) -> Result<Scalar, Located> {
        let node = self.tree.resolve(id);
        if let NodeKind::Scalar { text, style } = &node.kind {
            self.count(id, depth)?;
            let read = Scalar::of(text, *style, node.tag.as_deref());
            return read.map_err(|problem| self.located(problem, id));
        }
        let value = self.value(id, depth)?;
        Err(self.located(YamlProblem::InvalidKey(go_syntax::alone(&value)), id))
    }

    fn merge(&mut self, id: NodeId, map: &mut Map<String, Value>, depth: usize) -> Result<(), Located> {
        self.count(id, depth)?;
        match &self.tree.node(id).kind {
            NodeKind::Mapping { entries, .. } => self.pairs(entries, map, depth),
            NodeKind::Sequence { items, .. } => {
                items.iter().rev().try_for_each(|item| match &self.tree.resolve(*item).kind {
                    NodeKind::Mapping { .. } => self.merge(*item, map, depth + 1),
                    _ => Err(self.located(YamlProblem::MergeWithoutMap, *item)),
                })
            }
            NodeKind::Alias { target, name } => {
                if !matches!(self.tree.node(*target).kind, NodeKind::Mapping { .. }) {
                    return Err(self.located(YamlProblem::MergeWithoutMap, id));
                }
                self.enter(id, *target, name)?;
                self.merge(*target, map, depth + 1)?;
                self.unfolding.pop();
                Ok(())
            }
            NodeKind::Scalar { .. } => Err(self.located(YamlProblem::MergeWithoutMap, id)),
        }
    }

    fn enter(&mut self, alias: NodeId, target: NodeId, name: &str) -> Result<(), Located> {
        if self.unfolding.iter().any(|(_, known)| *known == target)
            || self.tree.node(target).span.contains(&self.tree.node(alias).span.start)
        {
            return Err(self.located(YamlProblem::ContainsItself(name.to_owned()), alias));
        }
        self.unfolding.push((alias, target));
        Ok(())
    }

    /// Detects alias bombs as go-yaml does: by the share of nodes that come from aliases, more strictly the more nodes
    /// there are.
    fn count(&mut self, id: NodeId, depth: usize) -> Result<(), Located> {
        self.nodes += 1;
        if !self.unfolding.is_empty() {
            self.from_aliases += 1;
            self.aliased.nodes += 1;
            if let NodeKind::Scalar { text, .. } = &self.tree.node(id).kind {
                self.aliased.bytes += text.len();
            }
        }
        let share = f64::from(self.from_aliases) / f64::from(self.nodes);
        let allowed = match self.nodes {
            0..=400_000 => 0.99,
            nodes => 0.99 - 0.89 * (f64::from(nodes - 400_000) / 3_600_000.0),
        };
        let excessive = self.from_aliases > 100 && self.nodes > 1000 && share > allowed;
        if excessive {
            return Err(self.located(YamlProblem::ExcessiveAliasing, id));
        }
        if self.aliased.nodes > ALIASED_NODES || self.aliased.bytes > ALIASED_BYTES {
            // The text of a target is written once: the alias is what makes it much.
            let alias = self.unfolding.first().map_or(id, |(alias, _)| *alias);
            return Err(self.located(YamlProblem::AliasesBeyondLimit, alias));
        }
        if depth > YAML_DEPTH {
            return Err(self.located(YamlProblem::TooDeep, id));
        }
        Ok(())
    }

    fn located(&self, problem: YamlProblem, id: NodeId) -> Located {
        Located { problem, span: self.tree.node(id).span.clone() }
    }
}

/// The type and the value, in Go's syntax, of a key that JSON cannot have.
fn go_key(key: &Scalar) -> (&'static str, String) {
    match key {
        Scalar::Uint(number) => ("uint64", format!("{number:#x}")),
        _ => ("%!s(<nil>)", "<nil>".to_owned()),
    }
}
