//! Files that a definition refers to. The library reads none: it says which it wants, and the caller brings those that exist.

use crate::load::serverless;
use crate::load::terraform;
use crate::load::tree;
use crate::source::SourceId;
use crate::source::Sources;
use crate::syntax::Node;
use crate::syntax::SyntaxError;
use crate::syntax::hcl;

/// A file that another refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inclusion {
    /// The file that refers.
    pub from: SourceId,
    /// What it is called there: a path relative to the folder of `from`.
    pub path: String,
    /// The file itself.
    pub source: SourceId,
}

/// The local files that a definition refers to, as it names them; locations in S3 and on the web are none.
#[must_use]
pub fn references(sources: &Sources, id: SourceId) -> Vec<String> {
    if terraform::recognises(sources.get(id)) {
        return hcl::parse(id, &sources.get(id).text).map(|body| terraform::references(&body)).unwrap_or_default();
    }
    let documents = tree::parse(id, &sources.get(id).text).map(|tree| tree.documents).unwrap_or_default();
    let services = documents.iter().filter(|document| serverless::recognises(document));
    let mut found: Vec<String> = services.flat_map(serverless::references).collect();
    let mut rest: Vec<&Node> = documents.iter().collect();
    while let Some(node) = rest.pop() {
        let members = node.members();
        let named = members.iter().filter(|member| KEYS.contains(&&*member.key.value));
        found.extend(named.filter_map(|member| local(&member.value)).map(str::to_owned));
        rest.extend(members.iter().map(|member| &member.value).chain(node.items()));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Where the transform `AWS::Include`, SAM and `aws cloudformation package` have paths of definitions.
const KEYS: [&str; 3] = ["Location", "DefinitionUri", "BodyS3Location"];

fn local(node: &Node) -> Option<&str> {
    node.as_str().filter(|path| !path.contains("://") && !path.contains("${") && !path.is_empty())
}

/// A file that a definition refers to, read.
#[derive(Clone, Debug)]
pub(super) struct IncludedFile {
    path: String,
    /// The file.
    pub(super) source: SourceId,
    /// Its first document.
    pub(super) root: Node,
}

/// Reads the files that a definition refers to, as far as the caller brought them.
///
/// # Errors
/// Where one of them is neither JSON nor YAML.
pub(super) fn read(
    sources: &Sources,
    from: SourceId,
    inclusions: &[Inclusion],
) -> Result<Vec<IncludedFile>, SyntaxError> {
    let mut found = Vec::new();
    for Inclusion { path, source, .. } in inclusions.iter().filter(|inclusion| inclusion.from == from) {
        let documents = tree::parse(*source, &sources.get(*source).text)?.documents;
        let file = |root| IncludedFile { path: path.clone(), source: *source, root };
        found.extend(documents.into_iter().next().map(file));
    }
    Ok(found)
}

/// The files that one definition refers to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Included<'t>(pub(super) &'t [IncludedFile]);

impl<'t> Included<'t> {
    /// The file under the name that the definition has for it.
    pub(super) fn find(self, path: &str) -> Option<&'t Node> {
        self.0.iter().find(|file| file.path == path).map(|file| &file.root)
    }
}
