//! The search for a shortest word.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::Position;
use super::program::Op;
use super::query::Budget;
use super::query::OverBudget;
use super::query::Query;

/// One position for each required group; `DONE` once a group is matched for good, and in unused places.
type Pins = [u32; Query::GROUPS];
const DONE: u32 = u32::MAX;

/// A state of the product.
#[derive(Clone, Copy, Debug)]
struct Node {
    pins: Pins,
    avoided: u32,
    inside: bool,
}

/// All nodes that one word leads to. Groups are made in the order of their words, so the first that accepts holds the answer.
#[derive(Clone, Debug)]
struct Group {
    parent: usize,
    symbol: u8,
    depth: u32,
    nodes: Range<usize>,
}

/// A set of positions that must not come to an end.
#[derive(Debug)]
struct Forbidden {
    positions: Box<[Position]>,
    told_apart: u128,
    accepts: bool,
}

/// One search within one bound on the length.
pub(super) struct Search<'s> {
    query: &'s Query<'s>,
    budget: &'s Budget,
    longest: u32,
    nodes: Vec<Node>,
    groups: Vec<Group>,
    forbidden: Vec<Forbidden>,
    known: FxHashMap<Box<[Position]>, u32>,
    steps: FxHashMap<(u32, u8), Option<u32>>,
    visited: FxHashMap<(Pins, bool), Vec<u32>>,
}

impl<'s> Search<'s> {
    pub(super) fn new(query: &'s Query<'s>, longest: u32, budget: &'s Budget) -> Self {
        Self {
            query,
            budget,
            longest,
            nodes: Vec::new(),
            groups: Vec::new(),
            forbidden: Vec::new(),
            known: FxHashMap::default(),
            steps: FxHashMap::default(),
            visited: FxHashMap::default(),
        }
    }

    /// The first group that accepts.
    pub(super) fn run(&mut self) -> Result<Option<usize>, OverBudget> {
        let avoided = self.query.avoided.clone();
        let Some(avoided) = self.forbid(avoided, 0)? else {
            return Ok(None);
        };
        let choices: Vec<Vec<u32>> = self.query.required.iter().map(|group| self.pin_all(group, 0)).collect();
        self.visit_all(&choices, avoided, false)?;
        if self.close_group(0, 0, 0, 0) {
            return Ok(Some(0));
        }
        let mut at = 0;
        while let Some(group) = self.groups.get(at).cloned() {
            if group.depth < self.longest
                && let Some(found) = self.expand(at, &group)?
            {
                return Ok(Some(found));
            }
            at += 1;
        }
        Ok(None)
    }

    /// Makes the groups that follow one group, symbol by symbol in the order of rank.
    fn expand(&mut self, parent: usize, group: &Group) -> Result<Option<usize>, OverBudget> {
        let masks: Vec<(Node, u128)> = self
            .nodes
            .get(group.nodes.clone())
            .unwrap_or_default()
            .iter()
            .map(|node| (*node, self.symbols_to_try(node)))
            .collect();
        let mut symbols = masks.iter().fold(0, |all, (_, mask)| all | mask);
        while symbols != 0 {
            let symbol = u8::try_from(symbols.trailing_zeros()).unwrap_or_default();
            symbols &= symbols - 1;
            let start = self.nodes.len();
            for (node, mask) in &masks {
                if mask & (1 << symbol) != 0 {
                    self.step_node(node, symbol, group.depth + 1)?;
                }
            }
            if self.nodes.len() > start && self.close_group(parent, symbol, group.depth + 1, start) {
                return Ok(Some(self.groups.len() - 1));
            }
        }
        Ok(None)
    }

    /// The symbols that lead anywhere, one for each class that the patterns at hand tell apart.
    fn symbols_to_try(&self, node: &Node) -> u128 {
        let alphabet = self.query.program.alphabet();
        let mut forced = alphabet.all();
        let mut told_apart = 1 << alphabet.separator();
        told_apart |= self.forbidden.get(node.avoided as usize).map_or(0, |set| set.told_apart);
        for pin in node.pins.into_iter().filter(|&pin| pin != DONE) {
            let symbols = self.query.program.told_apart(Position(pin));
            told_apart |= symbols;
            if matches!(self.query.program.op(Position(pin)), Op::Byte(_) | Op::End) {
                forced &= symbols;
            }
        }
        let others = alphabet.all() & !told_apart;
        let representative = others & others.wrapping_neg();
        forced & alphabet.all() & (told_apart | representative)
    }

    fn step_node(&mut self, node: &Node, symbol: u8, depth: u32) -> Result<(), OverBudget> {
        let separates = symbol == self.query.program.alphabet().separator();
        if separates && !node.inside {
            return Ok(());
        }
        let mut choices = Vec::with_capacity(self.query.required.len());
        let mut next = Vec::new();
        for &pin in node.pins.iter().take(self.query.required.len()) {
            if pin == DONE {
                choices.push(vec![DONE]);
                continue;
            }
            next.clear();
            self.query.program.step(Position(pin), symbol, &mut next);
            let pins = self.pin_all(&next, depth);
            if pins.is_empty() {
                return Ok(());
            }
            choices.push(pins);
        }
        match self.step_forbidden(node.avoided, symbol, depth)? {
            Some(avoided) => self.visit_all(&choices, avoided, !separates),
            None => Ok(()),
        }
    }

    /// Positions as pins, without those that can't come to an end in time.
    fn pin_all(&self, positions: &[Position], depth: u32) -> Vec<u32> {
        let program = self.query.program;
        positions
            .iter()
            .filter(|&&at| depth.saturating_add(program.needs(at)) <= self.longest)
            .map(|&at| if program.is_settled(at) { DONE } else { at.0 })
            .collect()
    }

    /// Visits every combination of one pin for each required group.
    fn visit_all(&mut self, choices: &[Vec<u32>], avoided: u32, inside: bool) -> Result<(), OverBudget> {
        let combinations = choices.iter().fold(1_usize, |product, pins| product.saturating_mul(pins.len()));
        self.budget.spend(combinations as u64)?;
        for index in 0..combinations {
            let mut pins = [DONE; Query::GROUPS];
            let mut rest = index;
            for (pin, choice) in pins.iter_mut().zip(choices) {
                *pin = choice.get(rest % choice.len()).copied().unwrap_or(DONE);
                rest /= choice.len();
            }
            self.visit(Node { pins, avoided, inside })?;
        }
        Ok(())
    }

    /// Keeps a node unless one with the same pins and no more that is forbidden was here before.
    fn visit(&mut self, node: Node) -> Result<(), OverBudget> {
        let new = self.forbidden.get(node.avoided as usize).map_or(&[][..], |set| &set.positions);
        let seen = self.visited.entry((node.pins, node.inside)).or_default();
        for &other in seen.iter() {
            let old = self.forbidden.get(other as usize).map_or(&[][..], |set| &set.positions);
            self.budget.spend(1 + old.len().min(new.len()) as u64 / 8)?;
            if other == node.avoided || is_subset(old, new) {
                return Ok(());
            }
        }
        seen.push(node.avoided);
        self.nodes.push(node);
        Ok(())
    }

    /// Ends the group of the nodes made since `start`, and says whether its word is an answer.
    fn close_group(&mut self, parent: usize, symbol: u8, depth: u32, start: usize) -> bool {
        let nodes = start..self.nodes.len();
        let accepts = self.nodes.get(nodes.clone()).unwrap_or_default().iter().any(|node| self.accepts(node, depth));
        self.groups.push(Group { parent, symbol, depth, nodes });
        accepts
    }

    fn accepts(&self, node: &Node, depth: u32) -> bool {
        (node.inside || depth == 0)
            && node.pins.iter().all(|&pin| pin == DONE || self.query.program.accepts(Position(pin)))
            && !self.forbidden.get(node.avoided as usize).is_some_and(|set| set.accepts)
    }

    /// The set after one symbol, remembered; `None` where something forbidden is matched for good.
    fn step_forbidden(&mut self, set: u32, symbol: u8, depth: u32) -> Result<Option<u32>, OverBudget> {
        if let Some(&known) = self.steps.get(&(set, symbol)) {
            return Ok(known);
        }
        let mut next = Vec::new();
        for &at in self.forbidden.get(set as usize).map_or(&[][..], |set| &set.positions) {
            self.query.program.step(at, symbol, &mut next);
        }
        self.budget.spend(next.len() as u64)?;
        let stepped = self.forbid(next, depth)?;
        self.steps.insert((set, symbol), stepped);
        Ok(stepped)
    }

    /// Names a set of positions; `None` where one of them is matched for good.
    fn forbid(&mut self, mut positions: Vec<Position>, depth: u32) -> Result<Option<u32>, OverBudget> {
        let program = self.query.program;
        if positions.iter().any(|&at| program.is_settled(at)) {
            return Ok(None);
        }
        positions.retain(|&at| depth.saturating_add(program.needs(at)) <= self.longest);
        positions.sort_unstable();
        positions.dedup();
        if let Some(&known) = self.known.get(positions.as_slice()) {
            return Ok(Some(known));
        }
        self.budget.spend(positions.len() as u64)?;
        let id = u32::try_from(self.forbidden.len()).map_err(|_| OverBudget)?;
        self.known.insert(positions.clone().into(), id);
        self.forbidden.push(Forbidden {
            told_apart: positions.iter().fold(0, |all, &at| all | program.told_apart(at)),
            accepts: positions.iter().any(|&at| program.accepts(at)),
            positions: positions.into(),
        });
        Ok(Some(id))
    }

    /// The word that leads to a group.
    pub(super) fn word(&self, mut at: usize) -> Vec<u8> {
        let mut word = Vec::new();
        while let Some(group) = self.groups.get(at).filter(|group| group.depth > 0) {
            word.push(self.query.program.alphabet().byte(group.symbol));
            at = group.parent;
        }
        word.reverse();
        word
    }
}

/// Whether a sorted set is part of another.
fn is_subset(small: &[Position], large: &[Position]) -> bool {
    let mut rest = large.iter();
    small.len() <= large.len() && small.iter().all(|wanted| rest.any(|other| other == wanted))
}
