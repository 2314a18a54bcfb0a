//! The list of formats that routes come in: one entry each, told by content.

use crate::load::Inputs;
use crate::load::LoadError;
use crate::load::cloudformation;
use crate::load::definition::Definition;
use crate::load::definition::Given;
use crate::load::include;
use crate::load::include::Included;
use crate::load::openapi;
use crate::load::route_list;
use crate::load::sam;
use crate::load::tree;
use crate::model::project::Document;
use crate::model::project::Settings;
use crate::source::Source;
use crate::source::SourceId;
use crate::source::Sources;
use crate::source::Span;
use crate::syntax::Node;

/// A format of routes, as `--routes-format` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RoutesFormat {
    /// The plain route list, or its JSON twin.
    List,
    /// OpenAPI 2.0 or 3.x.
    OpenApi,
    /// A template of the Serverless Application Model.
    Sam,
    /// A template of CloudFormation, the CDK's too.
    CloudFormation,
}

/// How one format is recognised and read.
struct RouteLoader {
    format: RoutesFormat,
    name: &'static str,
    reader: Reader,
}

/// Formats with a syntax of their own are read from the text; those of JSON or YAML from the tree, which is made once for all of them.
#[derive(Clone, Copy)]
enum Reader {
    Text { recognises: fn(&str) -> bool, load: fn(SourceId, &Source, &Settings) -> Definition },
    Tree { recognises: fn(&Node) -> bool, load: fn(&Given<'_>) -> Definition },
}

const LOADERS: [RouteLoader; 4] = [
    RouteLoader {
        format: RoutesFormat::List,
        name: "list",
        reader: Reader::Text { recognises: route_list::recognises, load: route_list::load },
    },
    RouteLoader {
        format: RoutesFormat::OpenApi,
        name: "openapi",
        reader: Reader::Tree { recognises: openapi::recognises, load: openapi::load },
    },
    // Before CloudFormation: its templates have resources of their own kind among the others.
    RouteLoader {
        format: RoutesFormat::Sam,
        name: "sam",
        reader: Reader::Tree { recognises: sam::recognises, load: sam::load },
    },
    RouteLoader {
        format: RoutesFormat::CloudFormation,
        name: "cloudformation",
        reader: Reader::Tree { recognises: cloudformation::recognises, load: cloudformation::load },
    },
];

impl RoutesFormat {
    /// Every format, in the order in which a file is tried.
    pub fn all() -> impl Iterator<Item = Self> {
        LOADERS.iter().map(|loader| loader.format)
    }

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        let loader = LOADERS.iter().find(|loader| loader.format == self);
        loader.map_or("", |loader| loader.name)
    }
}

/// Reads a file in the format asked for, or in the one that it has.
///
/// # Errors
/// [`LoadError::NoRoutes`] where no format knows the file; [`LoadError::Syntax`] where it looks like one that is JSON or YAML, but isn't.
pub(super) fn load(
    sources: &Sources,
    id: SourceId,
    inputs: &Inputs,
    settings: &Settings,
) -> Result<Definition, LoadError> {
    let source = sources.get(id);
    let asked = |loader: &&RouteLoader| inputs.routes_format.is_none_or(|format| loader.format == format);
    for loader in LOADERS.iter().filter(asked) {
        if let Reader::Text { recognises, load } = loader.reader
            && (inputs.routes_format.is_some() || recognises(&source.text))
        {
            return Ok(load(id, source, settings));
        }
    }
    let unknown = LoadError::NoRoutes(Span { source: id, start: 0, end: 0 });
    let tree = match tree::parse(id, &source.text) {
        Ok(tree) => tree,
        Err(error) if inputs.routes_format.is_some() || looks_like_a_tree(&source.text) => {
            return Err(LoadError::Syntax(error));
        }
        Err(_) => return Err(unknown),
    };
    let files = include::read(sources, id, &inputs.inclusions).map_err(LoadError::Syntax)?;
    for loader in LOADERS.iter().filter(asked) {
        let Reader::Tree { recognises, load } = loader.reader else { continue };
        // Of several documents the first that is an API counts.
        let fits = tree.documents.iter().position(recognises);
        let Some(position) = fits.or_else(|| inputs.routes_format.and(Some(0))) else { continue };
        let Some(root) = tree.documents.into_iter().nth(position) else { break };
        let included = Included(&files);
        let mut definition = load(&Given { name: &source.name, root: &root, settings, included });
        let document = |source, root| Document { source, prefix: String::new(), root };
        definition.recovered.extend(tree.recovered);
        definition.documents.push(document(id, root));
        definition.documents.extend(files.into_iter().map(|file| document(file.source, file.root)));
        return Ok(definition);
    }
    Err(unknown)
}

/// Whether a text that is neither JSON nor YAML was meant to be a definition of ours.
fn looks_like_a_tree(text: &str) -> bool {
    ["AWS::", "openapi", "swagger"].iter().any(|word| text.contains(word))
}
