//! Comments of definitions that speak to the linter: `# authorizer-lint: ignore[rule] reason`.

use crate::load::route_list;
use crate::model::project::Project;
use crate::source::Source;
use crate::source::SourceId;
use crate::source::Sources;
use crate::source::Spanned;
use crate::syntax::Node;
use crate::syntax::comment;
use crate::syntax::hcl;

/// What addresses the linter.
const ADDRESS: &str = "authorizer-lint:";

/// Collects the remarks of the definitions that a project was read from.
pub(super) fn collect<'i>(sources: &Sources, ids: impl Iterator<Item = &'i SourceId>, project: &mut Project) {
    for &id in ids {
        let source = sources.get(id);
        if !source.text.contains(ADDRESS) {
            continue;
        }
        for Spanned { value, span } in comments(id, source, project) {
            if let Some(remark) = value.strip_prefix(ADDRESS) {
                project.remarks.push(Spanned::new(remark.trim().to_owned(), span));
            }
        }
    }
}

/// JSON has no comments.
fn comments(id: SourceId, source: &Source, project: &Project) -> Vec<Spanned<String>> {
    let text = source.text.as_str();
    if text.trim_start().starts_with(['{', '[']) {
        return Vec::new();
    }
    if route_list::recognises(text) {
        return comment::of_lines(id, text);
    }
    let documents: Vec<&Node> =
        project.documents.iter().filter(|document| document.source == id).map(|document| &document.root).collect();
    if documents.is_empty() && hcl::parse(id, text).is_ok() {
        return comment::of_hcl(id, text);
    }
    comment::of_yaml(id, text, &documents)
}
