//! Modules: folders of files, and what a call of one makes of its variables.

use std::cell::Cell;
use std::rc::Rc;

use crate::load::terraform::evaluate::Scope;
use crate::load::terraform::term::Kind;
use crate::load::terraform::term::Term;
use crate::source::SourceId;
use crate::source::Sources;
use crate::source::Span;
use crate::source::Spanned;
use crate::syntax::hcl::Block;
use crate::syntax::hcl::Body;
use crate::syntax::hcl::Expression;

/// All folders of a run.
pub(super) struct Tree<'s> {
    /// All files of the run.
    pub(super) sources: &'s Sources,
    /// The folders that hold configuration.
    pub(super) folders: Vec<Folder>,
    /// Further files that configurations read, by path.
    pub(super) included: Vec<(String, SourceId)>,
    /// How many expressions may still be evaluated: references can multiply without end.
    pub(super) budget: Cell<u32>,
    /// How deep the evaluation is nested.
    pub(super) depth: Cell<u32>,
}

/// A folder: what stands in all of its files together.
pub(super) struct Folder {
    /// Its path, without a slash at the end.
    pub(super) path: String,
    /// The blocks of its files.
    pub(super) body: Body,
}

/// A folder as it was called: an instance of a module.
#[derive(Clone)]
pub(super) struct Module<'t> {
    /// All folders.
    pub(super) tree: &'t Tree<'t>,
    /// What it was made from.
    pub(super) folder: &'t Folder,
    /// What precedes the addresses of its resources: nothing, or `module.name.`
    pub(super) path: Rc<str>,
    /// Who called it, and in which scope; nothing for a root module.
    pub(super) call: Option<Call<'t>>,
    /// How many calls lie above it.
    pub(super) level: u32,
}

/// A `module` block, seen from the module that holds it.
#[derive(Clone)]
pub(super) struct Call<'t> {
    scope: Scope<'t>,
    block: &'t Block,
}

/// How often a block stands.
pub(super) enum Instances {
    /// Once, without a key.
    One,
    /// Once for each key, written as in an address, with the names that it brings along.
    Each(Vec<(String, Vec<(String, Term)>)>),
    /// The files don't decide how often; why.
    Unknown(Rc<str>),
}

/// Calls of calls are followed this far; a module that calls itself is an error in Terraform.
const MOST_CALLS: u32 = 12;

impl Tree<'_> {
    /// The folders that no other calls; all of them where each is called.
    pub(super) fn roots(&self) -> Vec<&Folder> {
        let roots: Vec<&Folder> = self.folders.iter().filter(|folder| !self.is_called(&folder.path)).collect();
        if roots.is_empty() { self.folders.iter().collect() } else { roots }
    }

    fn is_called(&self, path: &str) -> bool {
        let calls = |folder: &Folder| {
            let module = Module::root(self, folder);
            let sources = folder.body.blocks_of("module").filter_map(|block| block.body.attribute("source"));
            let mut paths = sources.filter_map(|source| module.scope().evaluate(&source.value).text());
            paths.any(|source| source.starts_with('.') && joined_path(&folder.path, &source) == path)
        };
        self.folders.iter().any(|folder| folder.path != path && calls(folder))
    }
}

impl<'t> Module<'t> {
    /// A folder that nothing calls.
    pub(super) fn root(tree: &'t Tree<'t>, folder: &'t Folder) -> Self {
        Self { tree, folder, path: "".into(), call: None, level: 0 }
    }

    /// The scope of its top level.
    pub(super) const fn scope(&self) -> Scope<'_> {
        Scope { module: self, names: Vec::new() }
    }

    /// The block of this kind with these labels.
    pub(super) fn block(&self, kind: &str, labels: &[&str]) -> Option<&'t Block> {
        let folder: &'t Folder = self.folder;
        folder.body.blocks.iter().find(|block| {
            block.kind == kind && block.labels.iter().map(|label| label.value.as_str()).eq(labels.iter().copied())
        })
    }

    /// `var.name`: what the call gives, else the default.
    pub(super) fn variable(&self, name: &str, place: Span) -> Term {
        if let Some(given) = self.call.as_ref().and_then(|call| Some((call, call.block.body.attribute(name)?))) {
            let (call, attribute) = given;
            return call.scope.evaluate(&attribute.value);
        }
        let default = self.block("variable", &[name]).and_then(|block| block.body.attribute("default"));
        match default {
            Some(default) => self.scope().evaluate(&default.value),
            None => Term::unknown(place, format!("variable `{name}` has no default")),
        }
    }

    /// `local.name`
    pub(super) fn local(&self, name: &str, place: Span) -> Term {
        let mut blocks = self.folder.body.blocks_of("locals");
        match blocks.find_map(|block| block.body.attribute(name)) {
            Some(attribute) => self.scope().evaluate(&attribute.value),
            None => Term::unknown(place, format!("`local.{name}` is not declared in the files given")),
        }
    }

    /// An output of this module.
    pub(super) fn output(&self, name: &str, place: Span) -> Term {
        let value = self.block("output", &[name]).and_then(|block| block.body.attribute("value"));
        value.map_or_else(
            || Term::unknown(place, format!("the module has no output `{name}`")),
            |attribute| self.scope().evaluate(&attribute.value),
        )
    }

    /// The module that a `module` block of this one calls; `key` and `names` are those of the instance.
    pub(super) fn called<'m>(
        &'m self,
        block: &'m Block,
        key: &str,
        names: Vec<(String, Term)>,
    ) -> Result<Module<'m>, Rc<str>> {
        let name = block.labels.first().map_or("", |label| label.value.as_str());
        let scope = Scope { module: self, names };
        let source = block.body.attribute("source").map(|attribute| scope.evaluate(&attribute.value));
        let source = source.and_then(|source| source.text()).unwrap_or_default();
        if !source.starts_with("./") && !source.starts_with("../") {
            return Err(format!("module `{name}` comes from `{source}`, which is no folder here").into());
        }
        if self.level >= MOST_CALLS {
            return Err(format!("module `{name}` is called too deep").into());
        }
        let path = joined_path(&self.folder.path, &source);
        let folder = self.tree.folders.iter().find(|folder| folder.path == path);
        let folder = folder.ok_or_else(|| format!("the folder `{path}` of module `{name}` was not given"))?;
        Ok(Module {
            tree: self.tree,
            folder,
            path: format!("{}module.{name}{key}.", self.path).into(),
            call: Some(Call { scope, block }),
            level: self.level + 1,
        })
    }

    /// How often a block stands, by its `count` or `for_each`.
    pub(super) fn instances(&self, block: &Block) -> Instances {
        if let Some(count) = block.body.attribute("count") {
            return self.counted(&count.value);
        }
        match block.body.attribute("for_each") {
            Some(each) => self.keyed(&each.value),
            None => Instances::One,
        }
    }

    fn counted(&self, count: &Expression) -> Instances {
        let term = self.scope().evaluate(count);
        // More than this is a mistake or a number that is not meant for an API.
        let Some(number) = term.number().filter(|number| (0.0..1000.0).contains(number)) else {
            return Instances::Unknown(term.gap().unwrap_or_else(|| "the count is no number".into()));
        };
        let index = |at: u32| {
            let index = Term { span: count.span, kind: Kind::Number(f64::from(at)) };
            let count = Term { span: count.span, kind: Kind::Object(vec![(key("index", count.span), index)]) };
            (format!("[{at}]"), vec![("count".to_owned(), count)])
        };
        Instances::Each((0..1000).take_while(|&at| f64::from(at) < number).map(index).collect())
    }

    fn keyed(&self, each: &Expression) -> Instances {
        let term = self.scope().evaluate(each);
        let members: Option<Vec<(Spanned<String>, Term)>> = match &term.kind {
            Kind::Object(members) => Some(members.clone()),
            Kind::List(items) => {
                let keyed = |item: &Term| Some((Spanned::new(item.text()?, item.span), item.clone()));
                items.iter().map(keyed).collect()
            }
            _ => None,
        };
        let Some(members) = members else {
            return Instances::Unknown(term.gap().unwrap_or_else(|| "its keys are not known".into()));
        };
        let instance = |(name, value): (Spanned<String>, Term)| {
            let text = Term::text_of(name.span, name.value.clone());
            let members = vec![(key("key", name.span), text), (key("value", value.span), value)];
            let each = Term { span: name.span, kind: Kind::Object(members) };
            (format!("[\"{}\"]", name.value), vec![("each".to_owned(), each)])
        };
        Instances::Each(members.into_iter().map(instance).collect())
    }
}

/// A key that nobody wrote.
pub(super) fn key(name: &str, span: Span) -> Spanned<String> {
    Spanned::new(name.to_owned(), span)
}

/// A path relative to a folder, with `.` and `..` resolved.
pub(super) fn joined_path(folder: &str, relative: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let root = if folder.starts_with('/') { "/" } else { "" };
    format!("{root}{}", parts.join("/"))
}
