//! The list of formats that routes come in: one entry each, told by content.
//!
//! What belongs together is joined here and nowhere later: a format has one definition a file, or it reads all of its files at once and
//! tells itself which of them make one API. Merging finished APIs was not done, because a reference from one file into another can only
//! be followed while both are at hand.

use crate::load::Inputs;
use crate::load::LoadError;
use crate::load::aws_cli;
use crate::load::cloudformation;
use crate::load::definition::Definition;
use crate::load::definition::Given;
use crate::load::include;
use crate::load::include::Included;
use crate::load::include::Inclusion;
use crate::load::openapi;
use crate::load::route_list;
use crate::load::sam;
use crate::load::serverless;
use crate::load::terraform;
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
    /// The output of the AWS CLI, saved as JSON.
    AwsCli,
    /// The plain route list, or its JSON twin.
    List,
    /// OpenAPI 2.0 or 3.x.
    OpenApi,
    /// A template of the Serverless Application Model.
    Sam,
    /// A template of CloudFormation, the CDK's too.
    CloudFormation,
    /// A service of the Serverless Framework.
    Serverless,
    /// Terraform: configuration, or a plan or state as JSON.
    Terraform,
}

/// How one format is recognised and read.
struct RouteLoader {
    format: RoutesFormat,
    name: &'static str,
    reader: Reader,
}

/// Formats with a syntax of their own are read from the text; those of JSON or YAML from the tree, which is made once for all of them;
/// those whose definitions are spread over files from all of these at once.
#[derive(Clone, Copy)]
enum Reader {
    Text { recognises: fn(&str) -> bool, load: fn(SourceId, &Source, &Settings) -> Definition },
    Tree { recognises: fn(&Node) -> bool, load: fn(&Given<'_>) -> Definition },
    Together { recognises: fn(&Source) -> bool, load: fn(&Together<'_>) -> Definition },
}

/// All files of a format whose definitions are spread over files.
#[derive(Clone, Copy, Debug)]
pub(super) struct Together<'s> {
    /// All files of the run.
    pub(super) sources: &'s Sources,
    /// Those of the format, in the order they were given.
    pub(super) ids: &'s [SourceId],
    /// The files that others refer to.
    pub(super) inclusions: &'s [Inclusion],
}

const LOADERS: [RouteLoader; 7] = [
    RouteLoader {
        format: RoutesFormat::AwsCli,
        name: "aws-cli",
        reader: Reader::Together { recognises: aws_cli::recognises, load: aws_cli::load },
    },
    RouteLoader {
        format: RoutesFormat::Terraform,
        name: "terraform",
        reader: Reader::Together { recognises: terraform::recognises, load: terraform::load },
    },
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
    RouteLoader {
        format: RoutesFormat::Serverless,
        name: "serverless",
        reader: Reader::Tree { recognises: serverless::recognises, load: serverless::load },
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

/// A definition with the files that it was read from, and as what; a file that no format knows has none.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) sources: Vec<SourceId>,
    pub(super) format: Option<RoutesFormat>,
    pub(super) definition: Definition,
}

/// Reads every file in the format asked for, or in the one that it has. A file that could not be read is a definition of errors. One that
/// is only a part of another is read with that one.
pub(super) fn load(sources: &Sources, inputs: &Inputs, settings: &Settings) -> Vec<Loaded> {
    let whole = inputs.routes.iter().filter(|&&id| !is_part(sources, id, &inputs.inclusions));
    let spread: Vec<(SourceId, Option<&RouteLoader>)> =
        whole.map(|&id| (id, spread_over_files(sources.get(id), inputs.routes_format))).collect();
    let mut seen = Vec::new();
    let mut definitions = Vec::new();
    for &(id, loader) in &spread {
        let Some(loader) = loader else {
            let refused = |error| (None, Definition { errors: vec![error], ..Definition::default() });
            let (format, definition) = load_one(sources, id, inputs, settings).unwrap_or_else(refused);
            definitions.push(Loaded { sources: vec![id], format, definition });
            continue;
        };
        if let Reader::Together { load, .. } = loader.reader
            && !seen.contains(&loader.format)
        {
            seen.push(loader.format);
            let same = spread.iter().filter(|(_, other)| other.is_some_and(|other| other.format == loader.format));
            let ids: Vec<SourceId> = same.map(|&(id, _)| id).collect();
            let definition = load(&Together { sources, ids: &ids, inclusions: &inputs.inclusions });
            definitions.push(Loaded { sources: ids, format: Some(loader.format), definition });
        }
    }
    definitions
}

/// Whether a file is only a part of one that refers to it. Stacks that another nests, and services that another looks up, are whole.
fn is_part(sources: &Sources, id: SourceId, inclusions: &[Inclusion]) -> bool {
    let of_others = |inclusion: &&Inclusion| inclusion.source == id && inclusion.from != id;
    let mut referring = inclusions.iter().filter(of_others).peekable();
    if referring.peek().is_none() {
        return false;
    }
    let is_template = |id| has_document(sources, id, cloudformation::recognises);
    let nested = is_template(id);
    !has_document(sources, id, serverless::recognises)
        && referring.any(|inclusion| !(nested && is_template(inclusion.from)))
}

fn has_document(sources: &Sources, id: SourceId, recognises: fn(&Node) -> bool) -> bool {
    tree::parse(id, &sources.get(id).text).is_ok_and(|tree| tree.documents.iter().any(recognises))
}

/// The format of a file that is read together with others, if it has such a format.
fn spread_over_files(source: &Source, asked: Option<RoutesFormat>) -> Option<&'static RouteLoader> {
    LOADERS.iter().find(|loader| match (loader.reader, asked) {
        (Reader::Together { .. }, Some(asked)) => loader.format == asked,
        (Reader::Together { recognises, .. }, None) => recognises(source),
        _ => false,
    })
}

/// A definition, and the format that it was read in.
type Known = (Option<RoutesFormat>, Definition);

/// Reads a file in the format asked for, or in the one that it has.
///
/// # Errors
/// [`LoadError::NoRoutes`] where no format knows the file; [`LoadError::Syntax`] where it looks like one that is JSON or YAML, but isn't.
fn load_one(sources: &Sources, id: SourceId, inputs: &Inputs, settings: &Settings) -> Result<Known, LoadError> {
    let source = sources.get(id);
    let asked = |loader: &&RouteLoader| inputs.routes_format.is_none_or(|format| loader.format == format);
    for loader in LOADERS.iter().filter(asked) {
        if let Reader::Text { recognises, load } = loader.reader
            && (inputs.routes_format.is_some() || recognises(&source.text))
        {
            return Ok((Some(loader.format), load(id, source, settings)));
        }
    }
    let unknown = LoadError::NoRoutes(Span { source: id, start: 0, end: 0 });
    let tree = match tree::parse(id, &source.text) {
        Ok(tree) => tree,
        Err(error) if is_meant(source, inputs, id) => return Err(LoadError::Syntax(error)),
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
        return Ok((Some(loader.format), definition));
    }
    Err(unknown)
}

/// Whether a text that is neither JSON nor YAML was meant to be a definition of ours. One that was merely met has to speak of APIs.
fn is_meant(source: &Source, inputs: &Inputs, id: SourceId) -> bool {
    let says = |words: &[&str]| words.iter().any(|word| source.text.contains(word));
    let of_apis = ["ApiGateway", "apigateway", "AWS::Serverless", "openapi", "swagger"];
    if inputs.found.contains(&id) {
        return says(&of_apis);
    }
    inputs.routes_format.is_some() || says(&["AWS::"]) || says(&of_apis)
}
