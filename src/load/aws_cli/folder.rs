//! The saved outputs of one folder: what the outputs of one API know about each other.
//!
//! An output doesn't say which API it is of. Outputs beside each other are taken for those of one API; with several lists of routes,
//! authorizers go where routes refer to their ids, and what nothing ties to one of the APIs stays unknown.

use crate::load::aws_cli::output::Kind;
use crate::load::aws_cli::output::Output;
use crate::load::definition::Definition;
use crate::load::scalar;
use crate::model::project::Unknown;
use crate::source::Sources;
use crate::source::Spanned;
use crate::syntax::Node;

/// The outputs that stand beside each other.
pub(super) struct Folder<'s> {
    /// All files of the run.
    pub(super) sources: &'s Sources,
    /// The outputs, in the order they were given.
    pub(super) outputs: Vec<Output>,
}

impl Folder<'_> {
    /// The outputs about one thing.
    pub(super) fn of(&self, kind: Kind) -> impl Iterator<Item = &Output> {
        self.outputs.iter().filter(move |output| output.kind == kind)
    }

    /// The lists of routes, as those of one API each. Where one was cut, all of them are pages of one.
    pub(super) fn apis_of(&self, kind: Kind) -> Vec<Vec<&Output>> {
        let lists: Vec<&Output> = self.of(kind).collect();
        if lists.iter().any(|list| list.more.is_some()) {
            return vec![lists];
        }
        lists.into_iter().map(|list| vec![list]).collect()
    }

    /// Whether there is one API of this generation, so that all that stands beside it is its own.
    pub(super) fn is_only(&self, kind: Kind) -> bool {
        self.apis_of(kind).len() < 2
    }

    /// The name under which reports show the API.
    pub(super) fn name_of(&self, pages: &[&Output]) -> String {
        pages.first().map_or_else(String::new, |page| self.sources.get(page.source).name.clone())
    }

    /// The description of the API; nothing, and a note, where several could be meant.
    pub(super) fn described(
        &self,
        kind: Kind,
        fits: impl Fn(&Node) -> bool,
        definition: &mut Definition,
    ) -> Option<(&Output, &Node)> {
        let all = self.of(kind).flat_map(|output| output.items.iter().map(move |item| (output, item)));
        let mut fitting = all.filter(|(_, item)| fits(item));
        let first = fitting.next()?;
        match fitting.next() {
            None => Some(first),
            Some((_, second)) => {
                definition.unknown.push(Unknown {
                    what: "API id".to_owned(),
                    why: "several APIs are listed, and nothing says which of them this is".to_owned(),
                    span: second.span,
                });
                None
            }
        }
    }

    /// The stages; none, and a note, where there are several APIs that they could be of.
    pub(super) fn stages(
        &self,
        kind: Kind,
        name: &str,
        routes: Kind,
        definition: &mut Definition,
    ) -> Vec<Spanned<String>> {
        let nodes = self.of(kind).flat_map(|output| &output.items).filter_map(|item| item.get(name));
        let stages: Vec<Spanned<String>> = nodes.filter_map(scalar::spanned).collect();
        match stages.first() {
            Some(first) if !self.is_only(routes) => {
                definition.unknown.push(Unknown {
                    what: "stages".to_owned(),
                    why: "several APIs were saved in this folder, and nothing says whose stages these are".to_owned(),
                    span: first.span,
                });
                Vec::new()
            }
            _ => stages,
        }
    }
}
